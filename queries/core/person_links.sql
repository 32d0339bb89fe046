-- One row per id under which a vendor knows a person, and that person. The link has no start: only a team has.
with known as (
    select
        id,
        max(email_hint) as email_hint,
        max(login_hint) as login_hint
    from principals
    where kind = 'person'
    group by id
),

ids as (
    select
        id,
        email_hint,
        login_hint
    from known

    union all

    -- A person whom usage names but no directory does (any more).
    select
        h.hint as id,
        cast(null as varchar) as email_hint,
        cast(null as varchar) as login_hint
    from person_hints as h
    left join known as k
        on k.id = h.hint
    where k.id is null
)

select
    i.id,
    coalesce(e.person_id, l.person_id, h.person_id, i.email_hint, i.id) as person_id,
    case
        when coalesce(e.person_id, l.person_id, h.person_id) is null then 'no'
        else 'yes'
    end as is_in_people
from ids as i
left join person_hints as e
    on e.hint = i.email_hint
left join person_hints as l
    on l.hint = i.login_hint
left join person_hints as h
    on h.hint = i.id
