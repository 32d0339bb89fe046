-- One row per connection and money paid before that its vendor tells the rest of: the latest.
with told as (
    select
        source,
        connection_id,
        provider,
        unit,
        day,
        amount,
        used_amount,
        max(day) over (partition by source, connection_id) as last_day
    from limits
    where kind = 'prepaid_balance'
)

select
    connection_id,
    provider,
    unit as billing_currency,
    max(day) as day,
    cast(sum(amount) as decimal(28,10)) as left_amount,
    cast(sum(used_amount) as decimal(28,10)) as used_amount
from told
where day = last_day and amount is not null and length(unit) = 3
group by connection_id, provider, unit
