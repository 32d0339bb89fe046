-- One row per day, scope (a person, a key or a team), the team that owns it, vendor, connection and currency: what its use cost. Seats and fees are no use: their day says when they are due.
with spent as (
    select
        billing_period,
        day,
        person_id,
        credential_id,
        team_id,
        provider,
        connection_id,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where charge_category not in ('Purchase', 'Tax')
    group by billing_period, day, person_id, credential_id, team_id, provider, connection_id, billing_currency
),

scopes as (
    select
        s.billing_period,
        s.day,
        k.scope_kind,
        case
            when k.scope_kind = 'person' then s.person_id
            when k.scope_kind = 'credential' then s.credential_id
            else s.team_id
        end as scope_id,
        s.team_id,
        s.provider,
        s.connection_id,
        s.billing_currency,
        s.allocated_cost
    from spent as s
    cross join unnest(array['person', 'credential', 'team']) as k(scope_kind)
)

select
    billing_period,
    day,
    scope_kind,
    scope_id,
    team_id,
    provider,
    connection_id,
    billing_currency,
    cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
from scopes
where scope_id is not null
group by billing_period, day, scope_kind, scope_id, team_id, provider, connection_id, billing_currency
