-- One row per finished piece of work, with the person credited, that person's team on the day, and whether it counts.
with credited as (
    select
        o.*,
        coalesce(o.credited_id, o.principal_id) as author_id
    from outputs as o
),

people_known as (
    select
        id,
        person_id,
        team_id,
        valid_from,
        valid_to
    from identity_map
    where kind = 'person'
)

select
    c.billing_period,
    c.day,
    c.event_id,
    c.system,
    c.connection_id,
    c.kind,
    case
        when p.person_id is not null then p.person_id
        when substr(c.author_id, 1, 2) in ('p_', 'u_') then c.author_id
    end as person_id,
    p.team_id,
    c.actor_type,
    c.repository,
    c.completed_at,
    c.size,
    c.is_revert,
    c.is_default_branch,
    c.ai_assisted,
    c.ai_tools,
    -- Work of a bot, off the default branch, or taken back is told but not counted.
    case
        when c.retracted or coalesce(not c.is_default_branch, false) or c.actor_type = 'bot' then 'no'
        else 'yes'
    end as is_counted
from credited as c
left join people_known as p
    on
        p.id = c.author_id
        and c.day >= p.valid_from
        and c.day < p.valid_to
