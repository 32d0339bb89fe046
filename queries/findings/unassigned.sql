-- One row per key, person, workspace or model that cost money and that no team owns, with who used it last, the likeliest team and the next step. A suggestion owns nothing.
with nobodys as (
    select
        case
            when credential_id is not null then 'key'
            when principal_id is not null then 'person'
            when workspace_id is not null then 'workspace'
            else 'model'
        end as kind,
        coalesce(credential_id, principal_id, workspace_id, model, '') as id,
        provider,
        connection_id,
        max(workspace_id) as workspace_id,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost,
        min(day) as first_day,
        max(day) as last_day
    from allocated_cost
    where team_id is null and basis = 'unattributed'
    group by
        case
            when credential_id is not null then 'key'
            when principal_id is not null then 'person'
            when workspace_id is not null then 'workspace'
            else 'model'
        end,
        coalesce(credential_id, principal_id, workspace_id, model, ''),
        provider,
        connection_id,
        billing_currency
    -- What is covered, or billed elsewhere, costs nobody anything.
    having sum(allocated_cost) is null or sum(allocated_cost) <> 0
),

key_users as (
    select
        connection_id,
        credential_id,
        max_by(principal_id, day) as last_principal_id
    from priced_usage
    where credential_id is not null and principal_id is not null
    group by connection_id, credential_id
),

-- Whoever else spends in the same workspace.
neighbours as (
    select
        connection_id,
        workspace_id,
        team_id,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where team_id is not null and workspace_id is not null and allocated_cost > 0
    group by connection_id, workspace_id, team_id
),

near_teams as (
    select
        connection_id,
        workspace_id,
        max_by(team_id, allocated_cost) as team_id,
        max(allocated_cost) as team_cost,
        sum(allocated_cost) as all_cost
    from neighbours
    group by connection_id, workspace_id
)

select
    case
        when n.id = '' then 'cost of ' || n.connection_id || ' that names nothing'
        else n.kind || ' ' || n.id || ' of ' || n.connection_id
    end || ' has no owner: ' || coalesce(cast(cast(n.allocated_cost as decimal(28,2)) as varchar) || ' ' || n.billing_currency, 'unknown cost')
    || ' since ' || cast(n.first_day as varchar) as says,
    n.kind,
    case when n.id <> '' then n.id end as id,
    n.provider,
    n.connection_id,
    n.billing_currency,
    n.allocated_cost,
    n.first_day,
    n.last_day,
    case when n.kind = 'person' then n.id else u.last_principal_id end as last_principal_id,
    t.team_id as likely_team_id,
    cast(
        round(cast(t.team_cost as double) / nullif(cast(t.all_cost as double), cast(0 as double)), 10) as decimal(28,10)
    ) as likelihood,
    case
        when n.kind = 'key' then 'give the key an owner at the vendor, or a rule for it in rules.csv'
        when n.kind = 'person' then 'add the person, or this login, to people.csv'
        when n.kind = 'workspace' then 'tag the workspace with team, or give it a rule in rules.csv'
        else 'give it a rule in rules.csv, or wait for its usage'
    end as next_step
from nobodys as n
left join key_users as u
    on
        n.kind = 'key'
        and u.connection_id = n.connection_id
        and u.credential_id = n.id
left join near_teams as t
    on
        t.connection_id = n.connection_id
        and t.workspace_id = n.workspace_id
