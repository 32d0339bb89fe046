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

-- A vendor's own tag names a team by id or by name.
team_words as (
    select
        lower(w.word) as word,
        min(t.team_id) as team_id
    from teams as t
    cross join unnest(array[t.team_id, t.team_name]) as w(word)
    group by lower(w.word)
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

-- Keys and service accounts by their owner, workspaces by their tag.
select
    s.kind,
    s.id,
    s.connection_id,
    cast(null as varchar) as person_id,
    coalesce(p.team_id, w.team_id) as team_id,
    p.person_id as owner_id,
    case
        when p.team_id is null and w.team_id is not null then 'tag'
        else 'owner'
    end as via,
    greatest(s.valid_from, coalesce(p.valid_from, s.valid_from)) as valid_from,
    least(s.valid_to, coalesce(p.valid_to, s.valid_to)) as valid_to
from principal_spans as s
left join people_spans as p
    on
        p.id = s.owner_id
        and p.valid_from < s.valid_to
        and p.valid_to > s.valid_from
left join team_words as w
    on w.word = lower(s.team_hint)
