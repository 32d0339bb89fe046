-- One row per source and connection that is late, was refused or gave up.
select
    source || ' of ' || connection_id || ' is ' || state || ', whole through '
    || coalesce(cast(last_whole_day as varchar), 'no day yet') || coalesce(': ' || message, '') as says,
    source,
    connection_id,
    provider,
    target,
    state,
    last_whole_day,
    late_day_count,
    message,
    case
        when state = 'refused' then 'check the key and what it may read: npm run doctor'
        when state = 'failed' then 'see what came back; it is asked again when next due'
        else 'ask the vendor: it is later than it states'
    end as next_step
from data_freshness
where state in ('late', 'refused', 'failed')
