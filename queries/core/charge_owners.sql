-- One row per day and combination of what says whose a charge is (nothing told is an empty text): its person, its team before any rule, and the first rule that matches.
with combinations as (
    select distinct
        billing_period,
        day,
        provider,
        connection_id,
        coalesce(workspace_id, '') as workspace_id,
        coalesce(credential_id, '') as credential_id,
        coalesce(principal_id, '') as principal_id,
        coalesce(model, '') as model
    from charges
),

-- The person first, then the service account, the key, the workspace.
slots as (
    select
        c.*,
        s.precedence,
        case
            when s.precedence = 1 then '*'
            else c.connection_id
        end as known_to,
        case
            when s.precedence in (1, 2) then c.principal_id
            when s.precedence = 3 then c.credential_id
            else c.workspace_id
        end as id
    from combinations as c
    cross join unnest(array[1, 2, 3, 4]) as s(precedence)
),

known as (
    select
        id,
        connection_id as known_to,
        case
            when kind = 'person' then 1
            when kind = 'service' then 2
            when kind = 'credential' then 3
            else 4
        end as precedence,
        person_id,
        team_id,
        owner_id,
        valid_from,
        valid_to
    from identity_map
),

owned as (
    select
        s.billing_period,
        s.day,
        s.provider,
        s.connection_id,
        s.workspace_id,
        s.credential_id,
        s.principal_id,
        s.model,
        max(k.person_id) as person_id,
        min_by(k.team_id, case when k.team_id is not null then s.precedence end) as team_id,
        max(case when s.precedence = 3 then k.owner_id end) as key_owner_id
    from slots as s
    left join known as k
        on
            k.id = s.id
            and k.known_to = s.known_to
            and k.precedence = s.precedence
            and s.day >= k.valid_from
            and s.day < k.valid_to
    group by
        s.billing_period,
        s.day,
        s.provider,
        s.connection_id,
        s.workspace_id,
        s.credential_id,
        s.principal_id,
        s.model
),

-- Rules that may match; the constant makes this a join that both engines hash.
heads as (
    select distinct
        'any' as side,
        priority,
        provider,
        connection_id,
        workspace_id,
        credential_id,
        principal_id,
        model,
        valid_from,
        valid_to
    from rules
)

select
    o.billing_period,
    o.day,
    o.provider,
    o.connection_id,
    o.workspace_id,
    o.credential_id,
    o.principal_id,
    o.model,
    -- A pseudonym that no directory knows is still a person.
    max(
        case
            when o.person_id is not null then o.person_id
            when substr(o.principal_id, 1, 2) in ('p_', 'u_') then o.principal_id
        end
    ) as person_id,
    max(o.team_id) as team_id,
    max(
        case
            when o.person_id is not null or substr(o.principal_id, 1, 2) in ('p_', 'u_') then 'person_without_team'
            when o.key_owner_id is not null then 'owner_without_team'
            when o.credential_id <> '' or o.principal_id <> '' then 'no_owner'
            else 'no_key_or_person'
        end
    ) as team_missing,
    min(h.priority) as priority
from owned as o
left join heads as h
    on
        h.side = 'any'
        and o.day >= h.valid_from
        and o.day < h.valid_to
        and (h.provider is null or h.provider = o.provider)
        and (h.connection_id is null or h.connection_id = o.connection_id)
        and (h.workspace_id is null or h.workspace_id = o.workspace_id)
        and (h.credential_id is null or h.credential_id = o.credential_id)
        and (h.principal_id is null or h.principal_id = o.principal_id)
        and (h.model is null or h.model = o.model)
group by
    o.billing_period,
    o.day,
    o.provider,
    o.connection_id,
    o.workspace_id,
    o.credential_id,
    o.principal_id,
    o.model
