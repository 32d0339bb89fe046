-- One row per id that a vendor bills or names, and time in which it has one person and one team. A person's id holds for all connections (`*`); rows of one id never overlap.
with people_spans as (
    select
        l.id,
        l.person_id,
        t.team_id,
        coalesce(t.valid_from, date '0001-01-01') as valid_from,
        coalesce(t.valid_to, date '9999-12-31') as valid_to
    from person_links as l
    left join person_teams as t
        on t.person_id = l.person_id
),

-- A key of a service account belongs to whoever owns that account.
service_owners as (
    select
        connection_id,
        id,
        max(owner_id) as owner_id
    from principal_spans
    where kind = 'service'
    group by connection_id, id
),

owned_spans as (
    select
        p.kind,
        p.id,
        p.connection_id,
        coalesce(s.owner_id, p.owner_id) as owner_id,
        p.valid_from,
        p.valid_to
    from principal_spans as p
    left join service_owners as s
        on
            s.connection_id = p.connection_id
            and s.id = p.owner_id
    where p.kind in ('credential', 'service')
),

-- A vendor's own tag names a team by id or by name.
team_words as (
    select
        lower(team_id) as word,
        min(team_id) as team_id
    from teams
    group by lower(team_id)

    union all

    select
        lower(t.team_name) as word,
        min(t.team_id) as team_id
    from teams as t
    left join teams as i
        on lower(i.team_id) = lower(t.team_name)
    where i.team_id is null
    group by lower(t.team_name)
)

select
    'person' as kind,
    id,
    '*' as connection_id,
    person_id,
    team_id,
    person_id as owner_id,
    'people' as via,
    valid_from,
    valid_to
from people_spans

union all

select
    o.kind,
    o.id,
    o.connection_id,
    cast(null as varchar) as person_id,
    p.team_id,
    p.person_id as owner_id,
    'owner' as via,
    greatest(o.valid_from, coalesce(p.valid_from, o.valid_from)) as valid_from,
    least(o.valid_to, coalesce(p.valid_to, o.valid_to)) as valid_to
from owned_spans as o
left join people_spans as p
    on
        p.id = o.owner_id
        and p.valid_from < o.valid_to
        and p.valid_to > o.valid_from

union all

select
    w.kind,
    w.id,
    w.connection_id,
    cast(null as varchar) as person_id,
    t.team_id,
    cast(null as varchar) as owner_id,
    'tag' as via,
    w.valid_from,
    w.valid_to
from principal_spans as w
left join team_words as t
    on t.word = lower(w.team_hint)
where w.kind = 'workspace'
