-- One row per day, account, caller and tags of the AWS bill (nothing told is an empty text): their team before any rule, by the tag of the resource, of the caller, the caller's own team, the account's tag; and the first rule for the provider aws that matches.
with combinations as (
    select distinct
        billing_period,
        day,
        account_id,
        coalesce(principal_id, '') as principal_id,
        coalesce(team_tag, '') as team_tag,
        coalesce(principal_team_tag, '') as principal_team_tag,
        coalesce(account_team_tag, '') as account_team_tag
    from cloud_bill_daily
),

-- A tag names a team by id or by name.
team_words as (
    select
        lower(w.word) as word,
        min(t.team_id) as team_id
    from teams as t
    cross join unnest(array[t.team_id, t.team_name]) as w(word)
    group by lower(w.word)
),

heads as (
    select distinct
        'any' as side,
        priority,
        workspace_id,
        principal_id,
        valid_from,
        valid_to
    from rules
    where provider = 'aws'
),

persons as (
    select
        id,
        person_id,
        team_id,
        valid_from,
        valid_to
    from identity_map
    where kind = 'person'
),

matched as (
    select
        c.*,
        max(r.team_id) as resource_team_id,
        max(k.team_id) as caller_tag_team_id,
        max(a.team_id) as account_team_id,
        max(p.team_id) as person_team_id,
        max(p.person_id) as person_id,
        min(h.priority) as priority
    from combinations as c
    left join team_words as r
        on r.word = lower(c.team_tag)
    left join team_words as k
        on k.word = lower(c.principal_team_tag)
    left join team_words as a
        on a.word = lower(c.account_team_tag)
    left join persons as p
        on
            p.id = c.principal_id
            and c.day >= p.valid_from
            and c.day < p.valid_to
    left join heads as h
        on
            h.side = 'any'
            and (h.workspace_id is null or h.workspace_id = c.account_id)
            and (h.principal_id is null or h.principal_id = c.principal_id)
            and c.day >= h.valid_from
            and c.day < h.valid_to
    group by
        c.billing_period,
        c.day,
        c.account_id,
        c.principal_id,
        c.team_tag,
        c.principal_team_tag,
        c.account_team_tag
)

select
    billing_period,
    day,
    account_id,
    principal_id,
    team_tag,
    principal_team_tag,
    account_team_tag,
    person_id,
    coalesce(resource_team_id, caller_tag_team_id, person_team_id, account_team_id) as team_id,
    case
        when coalesce(resource_team_id, caller_tag_team_id, person_team_id, account_team_id) is not null then null
        when team_tag <> '' or principal_team_tag <> '' or account_team_tag <> '' then 'unknown_team_tag'
        when person_id is not null then 'person_without_team'
        else 'no_tag'
    end as missing,
    priority
from matched
