-- One row per week (its Monday) of the lake: whether every one of its days was asked for, and read whole.
with days as (
    select
        day,
        count_if(
            complete_through is null
            or complete_through < cast(cast(day + interval '1' day as date) as timestamp(3))
        ) as partial_count
    from collection_status
    where target in ('costs', 'usage', 'outputs')
    group by day
)

select
    cast(date_trunc('week', day) as date) as week,
    case
        when count(*) = 7 and sum(partial_count) = 0 then 'yes'
        else 'no'
    end as is_complete
from days
group by cast(date_trunc('week', day) as date)
