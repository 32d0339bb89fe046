-- One row per person of the directory and time in one team, or in none; each person's rows cover all time.
with stays as (
    select
        person_id,
        team_id,
        valid_from,
        -- A stay ends where the next one begins: nobody is in two teams on one day.
        least(
            valid_to,
            coalesce(lead(valid_from) over (partition by person_id order by valid_from, team_id), valid_to)
        ) as valid_to,
        lag(valid_to) over (partition by person_id order by valid_from, team_id) as former_to,
        lead(valid_from) over (partition by person_id order by valid_from, team_id) as next_from
    from people
)

select
    person_id,
    team_id,
    valid_from,
    valid_to
from stays

union all

-- Before the first stay.
select
    person_id,
    cast(null as varchar) as team_id,
    date '0001-01-01' as valid_from,
    valid_from as valid_to
from stays
where former_to is null and valid_from > date '0001-01-01'

union all

-- Between two stays, and after the last.
select
    person_id,
    cast(null as varchar) as team_id,
    valid_to as valid_from,
    coalesce(next_from, date '9999-12-31') as valid_to
from stays
where valid_to < coalesce(next_from, date '9999-12-31')
