-- One row per day, vendor, model, basis, status and currency. Null: nothing in it has a known price.
select
    billing_period,
    day,
    provider,
    model,
    basis,
    status,
    billing_currency,
    cast(sum(list_cost) as decimal(28,10)) as list_cost,
    cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
    cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
from allocated_cost
group by
    billing_period,
    day,
    provider,
    model,
    basis,
    status,
    billing_currency
