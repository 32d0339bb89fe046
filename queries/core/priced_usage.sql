-- One row per day and everything that usage tells of itself, at the list price of that day; null where no price is known. A dated id of a model is priced as such and named as the ledger names it.
with used as (
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
        claim,
        cut,
        coalesce(model, '*') as priced_model,
        coalesce(nullif(regexp_extract(model, '^(.+)-\d{4}-\d{2}-\d{2}$', 1), ''), model) as billed_model,
        cast(sum(quantity) as decimal(28,6)) as quantity,
        cast(sum(claimed_cost) as decimal(28,10)) as claimed_cost
    from stg_usage
    group by
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
        claim,
        cut
),

-- Where two prices of one use overlap the later one holds, so that no use counts twice; a check speaks of the overlap.
dated_prices as (
    select
        provider,
        model,
        meter,
        service_tier,
        speed,
        context_window,
        region,
        unit_price,
        note,
        valid_from,
        least(
            valid_to,
            coalesce(
                lead(valid_from) over (
                    partition by provider, model, meter, service_tier, speed, context_window, region
                    order by valid_from
                ),
                valid_to
            )
        ) as valid_to
    from prices
),

-- Batch, fast mode and residency change the price of tokens, not of tools: a price for all models has the base dimensions.
shared_prices as (
    select
        provider,
        meter,
        unit_price,
        note,
        valid_from,
        valid_to
    from dated_prices
    where
        model = '*'
        and service_tier = 'standard'
        and speed = 'standard'
        and context_window = 'base'
        and region = 'global'
),

-- What a unit of a product costs, where a contract says it: of two, the one that says the connection holds.
credit_days as (
    select
        u.day,
        u.connection_id,
        u.product,
        min_by(
            k.unit_price,
            case when k.connection_id is null then '1' else '0' end || cast(k.valid_from as varchar) || k.contract_id
        ) as unit_price
    from (
        select distinct
            day,
            provider,
            connection_id,
            product
        from stg_usage
        where product is not null
    ) as u
    inner join contracts as k
        on
            k.provider = u.provider
            and k.product = u.product
            and u.day >= k.valid_from
            and u.day < k.valid_to
            and (k.connection_id is null or k.connection_id = u.connection_id)
    where k.kind = 'credit_price'
    group by u.day, u.connection_id, u.product
),

priced as (
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
        u.billed_model,
        u.service_tier,
        u.speed,
        u.context_window,
        u.region,
        u.meter,
        u.claim,
        u.cut,
        u.quantity,
        u.claimed_cost,
        coalesce(c.unit_price, p.unit_price, s.unit_price) as unit_price,
        case
            when t.is_priced = 'no' then 'not_priced'
            when c.unit_price is not null then 'contract'
            when p.unit_price is not null then p.note
            when s.unit_price is not null then s.note
            else 'no_price'
        end as price_note
    from used as u
    left join dated_prices as p
        on
            p.provider = u.provider
            and p.model = u.priced_model
            and p.meter = u.meter
            and p.service_tier = u.service_tier
            and p.speed = u.speed
            and p.context_window = u.context_window
            and p.region = u.region
            and u.day >= p.valid_from
            and u.day < p.valid_to
    left join shared_prices as s
        on
            s.provider = u.provider
            and s.meter = u.meter
            and u.day >= s.valid_from
            and u.day < s.valid_to
    left join meters as t
        on t.meter = u.meter
    left join credit_days as c
        on
            c.day = u.day
            and c.connection_id = u.connection_id
            and c.product = case when t.is_contract_priced = 'yes' then u.product end
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
    -- An id without a price is to be found as it was told.
    case when price_note = 'no_price' then model else billed_model end as model,
    service_tier,
    speed,
    context_window,
    region,
    meter,
    claim,
    cut,
    quantity,
    unit_price,
    cast(cast(quantity as decimal(18,6)) * unit_price as decimal(28,10)) as list_cost,
    claimed_cost,
    price_note
from priced
