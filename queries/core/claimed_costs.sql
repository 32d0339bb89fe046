-- One row per use whose record is its bill (claim `billed`), with what it claims; at list where every part of it has a price.
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
    cast(sum(case when meter = 'requests' then quantity end) as decimal(28,6)) as quantity,
    cast(sum(claimed_cost) as decimal(28,10)) as claimed_cost,
    case
        when count_if(list_cost is null and (price_note is null or price_note <> 'not_priced')) = 0
            then cast(sum(list_cost) as decimal(28,10))
    end as list_cost
from priced_usage
where claim = 'billed'
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
    region
having count(claimed_cost) > 0
