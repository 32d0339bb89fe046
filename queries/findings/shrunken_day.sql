-- One row per day whose new answer was so much smaller than the stored one that it waits for a person.
select
    source || ' of ' || connection_id || ' answered far less for ' || cast(day as varchar) || ' than is stored'
    || coalesce(': ' || message, '') as says,
    source,
    connection_id,
    provider,
    day,
    row_count,
    tried_at,
    'npm run collect -- --force ' || source || substr(connection_id, strpos(connection_id, '.')) || ' '
    || cast(day as varchar) as next_step
from collection_status
where outcome = 'shrunken'
