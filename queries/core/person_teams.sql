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
        coalesce(
            lead(valid_from) over (partition by person_id order by valid_from, team_id),
            date '9999-12-31'
        ) as next_from
    from people
),

-- Before a person's first stay, the stay, and after it until the next.
spans as (
    select
        s.person_id,
        case when p.piece = 'stay' then s.team_id end as team_id,
        case
            when p.piece = 'before' and s.former_to is null then date '0001-01-01'
            when p.piece = 'before' then s.valid_from
            when p.piece = 'stay' then s.valid_from
            else s.valid_to
        end as valid_from,
        case
            when p.piece = 'before' then s.valid_from
            when p.piece = 'stay' then s.valid_to
            else s.next_from
        end as valid_to
    from stays as s
    cross join unnest(array['before', 'stay', 'after']) as p(piece)
)

select
    person_id,
    team_id,
    valid_from,
    valid_to
from spans
where valid_from < valid_to
