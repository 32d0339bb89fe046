-- No row: every day of a source and connection holds exactly the rows that were stored for it: none twice, none lost.
with held as (
    select
        billing_period,
        source,
        connection_id,
        day,
        count(*) as row_count
    from usage
    group by billing_period, source, connection_id, day

    union all

    select
        billing_period,
        source,
        connection_id,
        day,
        count(*) as row_count
    from costs
    group by billing_period, source, connection_id, day

    union all

    select
        billing_period,
        source,
        connection_id,
        day,
        count(*) as row_count
    from outputs
    group by billing_period, source, connection_id, day
),

stored as (
    select
        billing_period,
        source,
        connection_id,
        day,
        row_count
    from collection_status
    where target in ('usage', 'costs', 'outputs') and row_count is not null
)

select
    s.source || ' of ' || s.connection_id || ' on ' || cast(s.day as varchar) || ': '
    || cast(s.row_count as varchar) || ' rows were stored, ' || cast(coalesce(h.row_count, 0) as varchar)
    || ' are there' as says,
    s.billing_period,
    s.source,
    s.connection_id,
    s.day,
    s.row_count as stored_count,
    coalesce(h.row_count, 0) as held_count
from stored as s
left join held as h
    on
        h.billing_period = s.billing_period
        and h.source = s.source
        and h.connection_id = s.connection_id
        and h.day = s.day
where coalesce(h.row_count, 0) <> s.row_count
