-- One row per charge: a ledger line that names its key or person, a part of a line spread by usage, a line that cannot be spread (yet), or priced usage where the ledger has no line yet.
with billed_days as (
    select distinct
        billing_period,
        connection_id,
        day
    from ledger_lines
    where charge_category = 'Usage'
),

-- What named usage counted, for ledgers that tell money alone.
counted as (
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

named_lines as (
    select
        n.*,
        -- Two lines of the same are not told apart by usage.
        count(*) over (
            partition by
                n.billing_period, n.day, n.connection_id, n.workspace_id, n.credential_id, n.principal_id, n.model,
                n.meter, n.service_tier
        ) as line_count
    from ledger_lines as n
    where n.is_named = 'yes'
),

named as (
    select
        l.*,
        case when l.quantity is null then c.quantity else l.quantity end as known_quantity,
        case when l.quantity is null or l.quantity = c.quantity then c.unit_price end as list_unit_price
    from named_lines as l
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
),

-- Every line once for each share of it; once, whole, where there is nothing to share it by.
parts as (
    select
        l.billing_period,
        l.day,
        l.source,
        l.connection_id,
        l.provider,
        l.line_number,
        case when s.share is null then l.account_id else coalesce(l.account_id, s.account_id) end as account_id,
        case when s.share is null then l.workspace_id else coalesce(l.workspace_id, s.workspace_id) end as workspace_id,
        case when s.share is not null then s.credential_id end as credential_id,
        case when s.share is not null then s.principal_id end as principal_id,
        case when s.share is null then l.product else coalesce(l.product, s.product) end as product,
        case when s.share is null then l.model else coalesce(l.model, s.model) end as model,
        case when s.share is null then l.service_tier else coalesce(l.service_tier, s.service_tier) end as service_tier,
        case when s.share is null then l.speed else coalesce(l.speed, s.speed) end as speed,
        case when s.share is null then l.context_window else coalesce(l.context_window, s.context_window) end as context_window,
        case when s.share is null then l.region else coalesce(l.region, s.region) end as region,
        case when s.share is null then l.meter else coalesce(l.meter, s.meter) end as meter,
        case when s.share is not null then s.unit_price end as list_unit_price,
        l.charge_category,
        l.charge_frequency,
        l.charge_class,
        l.charge_description,
        l.billing_currency,
        l.invoice_id,
        l.sku_id,
        case
            when s.share is null or s.cut = 'rest' or s.is_nobody = 'yes' then 'unattributed'
            else 'derived'
        end as basis,
        case
            when l.kept_whole is not null then l.kept_whole
            when s.share_rank is null then l.unmatched
            when s.share is null then 'unpriced_usage'
            when s.cut = 'rest' then 'rest'
            when s.is_nobody = 'yes' then 'no_key_or_person'
        end as reason,
        coalesce(s.share_rank, 1) as share_rank,
        cast(l.quantity as decimal(28,6)) as quantity,
        cast(l.list_cost as decimal(28,10)) as list_cost,
        cast(l.contracted_cost as decimal(28,10)) as contracted_cost,
        cast(l.billed_cost as decimal(28,10)) as billed_cost,
        cast(l.effective_cost as decimal(28,10)) as effective_cost,
        coalesce(s.share, cast(1 as decimal(12,10))) as share
    from unnamed_lines as l
    left join usage_shares as s
        on
            s.billing_period = l.billing_period
            and s.connection_id = l.connection_id
            and s.day = l.day
            and s.workspace_key = l.workspace_key
            and s.model_key = l.model_key
            -- In the key, not beside it: a condition on one side alone would keep both engines from hashing the join.
            and s.meter_key = case when l.kept_whole is null then l.meter_key end
    where s.share_rank is null or s.share_rank = 1 or s.share > 0
),

-- Each part rounded to the last place that money has; what rounding leaves over goes to the largest part.
rounded_parts as (
    select
        p.*,
        cast(cast(p.quantity as decimal(24,6)) * p.share as decimal(28,6)) as quantity_part,
        cast(cast(p.list_cost as decimal(20,10)) * p.share as decimal(28,10)) as list_part,
        cast(cast(p.contracted_cost as decimal(20,10)) * p.share as decimal(28,10)) as contracted_part,
        cast(cast(p.billed_cost as decimal(20,10)) * p.share as decimal(28,10)) as billed_part,
        cast(cast(p.effective_cost as decimal(20,10)) * p.share as decimal(28,10)) as effective_part
    from parts as p
),

spread as (
    select
        p.*,
        cast(
            sum(p.quantity_part) over (
                partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
            ) as decimal(28,6)
        ) as quantity_parts,
        cast(
            sum(p.list_part) over (
                partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
            ) as decimal(28,10)
        ) as list_parts,
        cast(
            sum(p.contracted_part) over (
                partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
            ) as decimal(28,10)
        ) as contracted_parts,
        cast(
            sum(p.billed_part) over (
                partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
            ) as decimal(28,10)
        ) as billed_parts,
        cast(
            sum(p.effective_part) over (
                partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
            ) as decimal(28,10)
        ) as effective_parts
    from rounded_parts as p
),

charged as (
    select
        billing_period,
        day,
        source,
        connection_id,
        provider,
        account_id,
        workspace_id,
        credential_id,
        principal_id,
        product,
        model,
        service_tier,
        speed,
        context_window,
        region,
        meter,
        cast(known_quantity as decimal(28,6)) as quantity,
        list_unit_price,
        charge_category,
        charge_frequency,
        charge_class,
        charge_description,
        cast(list_cost as decimal(28,10)) as list_cost,
        cast(contracted_cost as decimal(28,10)) as contracted_cost,
        cast(billed_cost as decimal(28,10)) as billed_cost,
        cast(effective_cost as decimal(28,10)) as effective_cost,
        billing_currency,
        invoice_id,
        sku_id,
        'direct' as basis,
        cast(null as varchar) as reason,
        'billed' as status
    from named

    union all

    select
        billing_period,
        day,
        source,
        connection_id,
        provider,
        account_id,
        workspace_id,
        credential_id,
        principal_id,
        product,
        model,
        service_tier,
        speed,
        context_window,
        region,
        meter,
        cast(
            quantity_part + case when share_rank = 1 then quantity - quantity_parts else cast(0 as decimal(28,6)) end as decimal(28,6)
        ) as quantity,
        list_unit_price,
        charge_category,
        charge_frequency,
        charge_class,
        charge_description,
        cast(
            list_part + case when share_rank = 1 then list_cost - list_parts else cast(0 as decimal(28,10)) end as decimal(28,10)
        ) as list_cost,
        cast(
            contracted_part + case when share_rank = 1 then contracted_cost - contracted_parts else cast(0 as decimal(28,10)) end as decimal(28,10)
        ) as contracted_cost,
        cast(
            billed_part + case when share_rank = 1 then billed_cost - billed_parts else cast(0 as decimal(28,10)) end as decimal(28,10)
        ) as billed_cost,
        cast(
            effective_part + case when share_rank = 1 then effective_cost - effective_parts else cast(0 as decimal(28,10)) end as decimal(28,10)
        ) as effective_cost,
        billing_currency,
        invoice_id,
        sku_id,
        basis,
        reason,
        'billed' as status
    from spread

    union all

    select
        u.billing_period,
        u.day,
        u.source,
        u.connection_id,
        u.provider,
        u.account_id,
        u.workspace_id,
        u.credential_id,
        u.principal_id,
        u.product,
        u.model,
        u.service_tier,
        u.speed,
        u.context_window,
        u.region,
        u.meter,
        u.quantity,
        u.unit_price as list_unit_price,
        'Usage' as charge_category,
        'Usage-Based' as charge_frequency,
        cast(null as varchar) as charge_class,
        cast(null as varchar) as charge_description,
        u.list_cost,
        cast(null as decimal(28,10)) as contracted_cost,
        cast(0 as decimal(28,10)) as billed_cost,
        u.list_cost as effective_cost,
        'USD' as billing_currency,
        cast(null as varchar) as invoice_id,
        cast(null as varchar) as sku_id,
        case
            when u.cut = 'rest' or (u.credential_id is null and u.principal_id is null and u.workspace_id is null)
                then 'unattributed'
            when u.credential_id is null and u.principal_id is null then 'derived'
            else 'direct'
        end as basis,
        case
            when u.cut = 'rest' then 'rest'
            when u.credential_id is null and u.principal_id is null and u.workspace_id is null then 'no_key_or_person'
        end as reason,
        'estimated' as status
    from chargeable_usage as u
    left join billed_days as d
        on
            d.billing_period = u.billing_period
            and d.connection_id = u.connection_id
            and d.day = u.day
    where d.day is null
),

listed as (
    select
        c.*,
        cast(c.quantity as decimal(18,6)) * c.list_unit_price as list_product
    from charged as c
),

-- At list price, if the ledger does not say; a unit price is told only where it gives that amount to the last place.
told as (
    select
        l.*,
        coalesce(l.list_cost, cast(l.list_product as decimal(28,10))) as known_list_cost
    from listed as l
)

select
    billing_period,
    day,
    source,
    connection_id,
    provider,
    account_id,
    workspace_id,
    credential_id,
    principal_id,
    product,
    model,
    service_tier,
    speed,
    context_window,
    region,
    meter,
    quantity,
    case when list_product = known_list_cost then list_unit_price end as list_unit_price,
    charge_category,
    charge_frequency,
    charge_class,
    charge_description,
    known_list_cost as list_cost,
    contracted_cost,
    billed_cost,
    effective_cost,
    billing_currency,
    invoice_id,
    sku_id,
    basis,
    reason,
    status
from told
