-- One row per month, connection, product and person with a seat in it: the days held, the last of them, and the last use that the vendor saw.
select
    c.month as billing_period,
    s.provider,
    s.connection_id,
    s.product,
    s.principal_id,
    count(*) as held_day_count,
    min(c.day) as first_held_on,
    max(c.day) as last_held_on,
    max(s.last_active_on) as last_active_on
from calendar as c
inner join (
    select
        billing_period,
        min(day) as first_day,
        max(day) as last_day
    from collection_status
    group by billing_period
) as a
    on
        a.billing_period = c.month
        and c.day >= a.first_day
        and c.day <= a.last_day
inner join seat_spans as s
    on
        c.day >= s.valid_from
        and c.day < s.valid_to
where s.principal_id is not null
group by c.month, s.provider, s.connection_id, s.product, s.principal_id
