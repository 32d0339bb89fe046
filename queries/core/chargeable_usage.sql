-- One row of priced usage that can carry cost: counted requests have no price.
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
    cut,
    quantity,
    unit_price,
    list_cost
from priced_usage
where price_note is null or price_note <> 'not_priced'
