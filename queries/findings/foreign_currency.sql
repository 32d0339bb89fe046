-- One row per connection and currency other than that of most spend: totals are kept apart, for no rate is known.
with spent as (
    select
        connection_id,
        provider,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost,
        min(day) as first_day,
        max(day) as last_day
    from allocated_cost
    group by connection_id, provider, billing_currency
),

main_currency as (
    select max_by(billing_currency, line_count) as billing_currency
    from (
        select
            billing_currency,
            count(*) as line_count
        from allocated_cost
        group by billing_currency
    )
)

select
    s.connection_id || ' bills in ' || s.billing_currency || ', most others in ' || m.billing_currency
    || ': these are not added' as says,
    s.connection_id,
    s.provider,
    s.billing_currency,
    s.allocated_cost,
    s.first_day,
    s.last_day
from spent as s
cross join main_currency as m
where s.billing_currency <> m.billing_currency
