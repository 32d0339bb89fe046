-- One row per id under which a vendor or a hint knows a person, and that person. The link has no start: only a team has.
with ids as (
    select
        id,
        email_hint,
        login_hint
    from principals
    where kind = 'person'

    union all

    -- A person whom usage names but no directory does (any more).
    select
        hint as id,
        cast(null as varchar) as email_hint,
        cast(null as varchar) as login_hint
    from person_hints
),

known as (
    select
        id,
        max(email_hint) as email_hint,
        max(login_hint) as login_hint
    from ids
    group by id
),

-- An address tells more than a login, a login more than the vendor's own id.
hints as (
    select
        k.id,
        k.email_hint,
        h.hint,
        h.precedence
    from known as k
    cross join unnest(array[k.email_hint, k.login_hint, k.id]) with ordinality as h(hint, precedence)
)

select
    h.id,
    coalesce(
        min_by(p.person_id, case when p.person_id is not null then h.precedence end),
        max(h.email_hint),
        h.id
    ) as person_id
from hints as h
left join person_hints as p
    on p.hint = h.hint
group by h.id
