-- No row: nobody is in two teams on one day.
with following as (
    select
        person_id,
        team_id,
        valid_to,
        lead(valid_from) over (partition by person_id order by valid_from, valid_to) as next_from,
        lead(team_id) over (partition by person_id order by valid_from, valid_to) as next_team_id
    from people
)

select
    person_id || ' is in ' || team_id || ' and in ' || next_team_id || ' on ' || cast(next_from as varchar) as says,
    person_id,
    team_id,
    next_team_id,
    next_from as day
from following
where next_from < valid_to
