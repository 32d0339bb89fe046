-- One row per charge: a ledger line that names its key or person, a part of a line spread by usage or seats, a line that cannot be spread (yet), or priced usage where the ledger has no line (yet): covered, or estimated.
with billed_days as (
    select distinct
        billing_period,
        connection_id,
        day
    from ledger_lines
    where charge_category = 'Usage' and origin in ('costs', 'usage')
),

-- Where the ledger itself tells of use inside a pool, usage says whose it is and nothing more.
told_days as (
    select distinct
        billing_period,
        connection_id,
        day
    from ledger_lines
    where charge_category = 'Usage' and origin = 'costs'
),

elsewhere as (
    select distinct
        u.day,
        u.provider,
        u.connection_id,
        coalesce(u.product, '') as product
    from chargeable_usage as u
    inner join contracts as k
        on
            k.provider = u.provider
            and u.day >= k.valid_from
            and u.day < k.valid_to
            and (k.connection_id is null or k.connection_id = u.connection_id)
            and (k.product is null or k.product = u.product)
            and k.billed_through <> u.connection_id
    where k.kind = 'biller'
),

unbilled_usage as (
    select
        u.*,
        d.day as billed_day,
        t.day as told_day,
        case when u.claim = 'covered' or e.day is not null then 'yes' else 'no' end as is_free_here
    from chargeable_usage as u
    left join billed_days as d
        on
            d.billing_period = u.billing_period
            and d.connection_id = u.connection_id
            and d.day = u.day
    left join told_days as t
        on
            t.billing_period = u.billing_period
            and t.connection_id = u.connection_id
            and t.day = u.day
    left join elsewhere as e
        on
            e.day = u.day
            and e.provider = u.provider
            and e.connection_id = u.connection_id
            and e.product = coalesce(u.product, '')
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
        contract_id,
        basis,
        reason,
        'billed' as status
    from named_lines

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
        contract_id,
        basis,
        reason,
        'billed' as status
    from spread_lines

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
        case when u.claim = 'covered' then 'Inside a seat, plan or pool' end as charge_description,
        u.list_cost,
        cast(null as decimal(28,10)) as contracted_cost,
        cast(0 as decimal(28,10)) as billed_cost,
        case when u.is_free_here = 'yes' then cast(0 as decimal(28,10)) else u.list_cost end as effective_cost,
        'USD' as billing_currency,
        cast(null as varchar) as invoice_id,
        cast(null as varchar) as sku_id,
        cast(null as varchar) as contract_id,
        case
            when u.cut = 'rest' or (u.credential_id is null and u.principal_id is null and u.workspace_id is null)
                then 'unattributed'
            when u.claim = 'covered' then 'covered'
            when u.credential_id is null and u.principal_id is null then 'derived'
            else 'direct'
        end as basis,
        case
            when u.cut = 'rest' then 'rest'
            when u.credential_id is null and u.principal_id is null and u.workspace_id is null then 'no_key_or_person'
        end as reason,
        case when u.claim = 'covered' then 'billed' else 'estimated' end as status
    from unbilled_usage as u
    where (u.claim is null and u.billed_day is null) or (u.claim = 'covered' and u.told_day is null)
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
    contract_id,
    basis,
    reason,
    status
from told
