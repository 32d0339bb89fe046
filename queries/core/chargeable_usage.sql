-- One row of priced usage that can carry cost: counted requests have no price; what is billed, free or a copy by its own word has its money elsewhere, or none.
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
where (price_note is null or price_note <> 'not_priced') and (claim is null or claim = 'covered')
