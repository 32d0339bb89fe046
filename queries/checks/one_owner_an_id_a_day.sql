-- No row: on any day an id has one owner: rows of one id in identity_map never overlap.
with following as (
    select
        kind,
        id,
        connection_id,
        valid_to,
        lead(valid_from) over (partition by kind, id, connection_id order by valid_from, valid_to) as next_from
    from identity_map
)

select
    kind || ' ' || id || ' of ' || connection_id || ' has two owners on ' || cast(next_from as varchar) as says,
    kind,
    id,
    connection_id,
    next_from as day
from following
where next_from < valid_to
