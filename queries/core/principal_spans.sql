-- One row per connection, key, service account or workspace and time in which its directory told the same of it. First seen reaches back to its creation, or since ever.
with told as (
    select
        connection_id,
        provider,
        kind,
        id,
        day,
        max(parent_id) as parent_id,
        max(owner_id) as owner_id,
        max(team_hint) as team_hint,
        max(cost_center_hint) as cost_center_hint,
        max(status) as status,
        min(created_at) as created_at
    from principals
    where kind <> 'person'
    group by connection_id, provider, kind, id, day
),

compared as (
    select
        t.*,
        lag(t.day) over (partition by t.connection_id, t.kind, t.id order by t.day) as former_day,
        lag(t.parent_id) over (partition by t.connection_id, t.kind, t.id order by t.day) as former_parent_id,
        lag(t.owner_id) over (partition by t.connection_id, t.kind, t.id order by t.day) as former_owner_id,
        lag(t.team_hint) over (partition by t.connection_id, t.kind, t.id order by t.day) as former_team_hint,
        lag(t.cost_center_hint) over (
            partition by t.connection_id, t.kind, t.id order by t.day
        ) as former_cost_center_hint
    from told as t
),

changed as (
    select *
    from compared
    where
        former_day is null
        or parent_id is distinct from former_parent_id
        or owner_id is distinct from former_owner_id
        or team_hint is distinct from former_team_hint
        or cost_center_hint is distinct from former_cost_center_hint
)

select
    connection_id,
    provider,
    kind,
    id,
    parent_id,
    owner_id,
    team_hint,
    cost_center_hint,
    status,
    case
        when former_day is null then least(coalesce(cast(created_at as date), date '0001-01-01'), day)
        else day
    end as valid_from,
    coalesce(
        lead(day) over (partition by connection_id, kind, id order by day),
        date '9999-12-31'
    ) as valid_to
from changed
