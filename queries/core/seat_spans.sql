-- One row per connection, product, person (null: paid and held by nobody) and time in which the directory of seats told the same. First seen reaches back to when the seat was given, or since ever.
with told as (
    select
        source,
        connection_id,
        provider,
        product,
        principal_id,
        day,
        max(account_id) as account_id,
        max(plan) as plan,
        max(workspace_id) as workspace_id,
        min(assigned_at) as assigned_at,
        case when count_if(ends_on is null) = 0 then max(ends_on) end as ends_on,
        max(last_active_on) as last_active_on,
        -- A person holds one seat of a product; seats that nobody holds are counted.
        case when principal_id is null then count(*) else cast(1 as bigint) end as seat_count
    from seats
    group by source, connection_id, provider, product, principal_id, day
),

snapshot_days as (
    select distinct
        source,
        connection_id,
        day
    from seats
),

snapshots as (
    select
        source,
        connection_id,
        day,
        row_number() over (partition by source, connection_id order by day) as snapshot_number,
        coalesce(lead(day) over (partition by source, connection_id order by day), date '9999-12-31') as next_day
    from snapshot_days
),

compared as (
    select
        t.*,
        s.snapshot_number,
        s.next_day,
        lag(s.snapshot_number) over seat as former_number,
        lag(t.plan) over seat as former_plan,
        lag(t.ends_on) over seat as former_ends_on,
        lag(t.seat_count) over seat as former_count
    from told as t
    inner join snapshots as s
        on
            s.source = t.source
            and s.connection_id = t.connection_id
            and s.day = t.day
    window seat as (
        partition by t.source, t.connection_id, t.product, t.principal_id
        order by t.day
    )
),

-- A row in every snapshot is one seat as long as nothing of it changes; who is not in one has given it up.
numbered as (
    select
        c.*,
        count_if(
            c.former_number is null
            or c.former_number <> c.snapshot_number - 1
            or c.plan is distinct from c.former_plan
            or c.ends_on is distinct from c.former_ends_on
            or c.seat_count <> c.former_count
        ) over (
            partition by c.source, c.connection_id, c.product, c.principal_id
            order by c.day
            rows between unbounded preceding and current row
        ) as span_number
    from compared as c
)

select
    source,
    connection_id,
    provider,
    max(account_id) as account_id,
    max(workspace_id) as workspace_id,
    product,
    max(plan) as plan,
    principal_id,
    cast(max(seat_count) as bigint) as seat_count,
    max(last_active_on) as last_active_on,
    case
        when min(snapshot_number) = 1
            then least(coalesce(cast(min(assigned_at) as date), date '0001-01-01'), min(day))
        else min(day)
    end as valid_from,
    least(max(next_day), coalesce(max(ends_on), date '9999-12-31')) as valid_to
from numbered
group by source, connection_id, provider, product, principal_id, span_number
