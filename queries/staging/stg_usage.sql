-- One row per vendor bucket, dimensions and meter, with tier, speed, context and region in the words of the price list.
select
    billing_period,
    day,
    hour_at,
    source,
    connection_id,
    provider,
    account_id,
    workspace_id,
    credential_id,
    principal_id,
    product,
    session_id,
    model,
    case
        when service_tier is null or service_tier = 'default' then 'standard'
        else service_tier
    end as service_tier,
    coalesce(speed, 'standard') as speed,
    case
        when context_window is null or context_window = '0-200k' then 'base'
        else context_window
    end as context_window,
    case
        when region is null or region = 'not_available' then 'global'
        else region
    end as region,
    meter,
    quantity,
    claimed_cost,
    claim,
    cut
from usage
