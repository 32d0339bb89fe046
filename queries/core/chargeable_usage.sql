-- One row of priced usage that can carry cost, or value inside a seat, plan or pool: counted requests have no price, except where they bear what the vendor says the covered use is worth and no list price does. What is billed, free or a copy by its own word has its money elsewhere, or none.
with covered as (
    select
        u.*,
        count_if(u.list_cost is null and (u.price_note is null or u.price_note <> 'not_priced')) over use as unpriced_count,
        coalesce(sum(u.claimed_cost) over use, cast(0 as decimal(28,10))) as told_value
    from priced_usage as u
    where u.claim = 'covered'
    window use as (
        partition by
            u.billing_period,
            u.day,
            u.source,
            u.connection_id,
            u.account_id,
            u.workspace_id,
            u.credential_id,
            u.principal_id,
            u.product,
            u.model,
            u.service_tier,
            u.speed,
            u.context_window,
            u.region
    )
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
    claim,
    cut,
    quantity,
    unit_price,
    list_cost
from priced_usage
where (price_note is null or price_note <> 'not_priced') and claim is null

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
    claim,
    cut,
    quantity,
    case when unpriced_count = 0 or told_value = 0 then unit_price end as unit_price,
    case
        when unpriced_count = 0 or told_value = 0 then list_cost
        when claimed_cost <> 0 then claimed_cost
    end as list_cost
from covered
where
    (price_note is null or price_note <> 'not_priced')
    or (unpriced_count > 0 and claimed_cost <> 0)
