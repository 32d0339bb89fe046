-- One row per ledger line that names its key or person, or that is told by usage itself, with the quantity that usage counts of it where the ledger tells money alone.
with counted as (
    select
        billing_period,
        day,
        connection_id,
        coalesce(workspace_id, '') as workspace_key,
        coalesce(credential_id, '') as credential_key,
        coalesce(principal_id, '') as principal_key,
        coalesce(model, '') as model_key,
        meter,
        service_tier,
        cast(sum(quantity) as decimal(28,6)) as quantity,
        case when min(unit_price) = max(unit_price) then min(unit_price) end as unit_price
    from chargeable_usage
    where credential_id is not null or principal_id is not null
    group by
        billing_period,
        day,
        connection_id,
        coalesce(workspace_id, ''),
        coalesce(credential_id, ''),
        coalesce(principal_id, ''),
        coalesce(model, ''),
        meter,
        service_tier
),

lines as (
    select
        n.*,
        -- Two lines of the same are not told apart by usage.
        count(*) over (
            partition by
                n.billing_period, n.day, n.connection_id, n.workspace_id, n.credential_id, n.principal_id, n.model,
                n.meter, n.service_tier, n.charge_category
        ) as line_count
    from ledger_lines as n
    where n.is_named = 'yes'
)

select
    l.*,
    case when l.quantity is null and l.charge_category = 'Usage' then c.quantity else l.quantity end as known_quantity,
    case when l.quantity is null or l.quantity = c.quantity then c.unit_price end as list_unit_price,
    -- What a usage record bills stands as it is, also where it names a workspace alone, or nothing.
    case
        when l.credential_id is null and l.principal_id is null and l.workspace_id is null then 'unattributed'
        when l.is_covered = 'yes' then 'covered'
        when l.credential_id is null and l.principal_id is null then 'derived'
        else 'direct'
    end as basis,
    case
        when l.credential_id is null and l.principal_id is null and l.workspace_id is null then 'no_key_or_person'
    end as reason
from lines as l
left join counted as c
    on
        c.billing_period = l.billing_period
        and c.day = l.day
        and c.connection_id = l.connection_id
        and c.workspace_key = coalesce(l.workspace_id, '')
        and c.credential_key = coalesce(l.credential_id, '')
        and c.principal_key = coalesce(l.principal_id, '')
        and c.model_key = coalesce(l.model, '')
        and c.meter = case when l.line_count = 1 then l.meter end
        and c.service_tier = coalesce(l.service_tier, 'standard')
