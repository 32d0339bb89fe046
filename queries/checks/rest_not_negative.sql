-- No row: no usage is less than nothing: what the parts lack against the whole is never negative.
select
    source || ' of ' || connection_id || ' on ' || cast(day as varchar) || ' counts ' || cast(quantity as varchar)
    || ' ' || meter || ' of ' || coalesce(model, 'no model') as says,
    billing_period,
    source,
    connection_id,
    day,
    model,
    meter,
    cut,
    quantity
from priced_usage
where quantity < 0
