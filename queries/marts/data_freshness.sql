-- One row per source and connection: how far it is whole, and how it stands.
with now_is as (
    select
        max(due_at) as due_at,
        cast(max(due_at) as date) as as_of
    from collection_status
),

days as (
    select
        s.source,
        s.connection_id,
        s.provider,
        s.target,
        s.day,
        s.outcome,
        s.message,
        s.row_count,
        s.restated_count,
        s.complete_through,
        n.due_at as now_at,
        n.as_of,
        -- A day more than the vendor states: a day is not asked for each hour once it is over.
        coalesce(s.worst_lag_hours, 24) + 24 as allowed_hours,
        case
            when
                s.target not in ('usage', 'costs', 'outputs')
                and s.outcome in ('ok', 'unchanged', 'older')
                then 'yes'
            when s.complete_through >= cast(cast(s.day + interval '1' day as date) as timestamp(3)) then 'yes'
            else 'no'
        end as is_whole
    from collection_status as s
    cross join now_is as n
),

summed as (
    select
        source,
        connection_id,
        provider,
        target,
        as_of,
        now_at,
        max(allowed_hours) as allowed_hours,
        max(case when is_whole = 'yes' then day end) as last_whole_day,
        max(complete_through) as complete_through,
        count_if(
            is_whole = 'no'
            and date_diff('hour', cast(cast(day + interval '1' day as date) as timestamp(3)), now_at) > allowed_hours
        ) as late_day_count,
        count_if(outcome = 'shrunken') as shrunken_day_count,
        max_by(outcome, case when outcome in ('ok', 'unchanged', 'older', 'refused', 'failed', 'shrunken') then day end) as last_outcome,
        max_by(message, case when message is not null then day end) as last_message,
        sum(row_count) as row_count,
        count_if(restated_count > 0) as restated_count
    from days
    group by source, connection_id, provider, target, as_of, now_at
)

select
    source,
    connection_id,
    provider,
    target,
    last_whole_day,
    complete_through,
    case
        when last_outcome = 'refused' then 'refused'
        when last_outcome = 'failed' then 'failed'
        when shrunken_day_count > 0 then 'shrunken'
        when
            late_day_count > 0
            or last_whole_day is null
            or date_diff('hour', cast(cast(last_whole_day + interval '2' day as date) as timestamp(3)), now_at) > allowed_hours
            then 'late'
        else 'on_time'
    end as state,
    cast(late_day_count as bigint) as late_day_count,
    cast(restated_count as bigint) as restated_count,
    cast(row_count as bigint) as row_count,
    last_message as message,
    as_of
from summed
