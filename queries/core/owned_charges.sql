-- One row per day and who and what is charged, with the person and team that its ids belong to on that day.
with grouped as (
    select
        billing_period,
        day,
        provider,
        connection_id,
        workspace_id,
        credential_id,
        principal_id,
        product,
        model,
        meter,
        basis,
        reason,
        status,
        charge_category,
        billing_currency,
        cast(sum(quantity) as decimal(28,6)) as quantity,
        cast(sum(list_cost) as decimal(28,10)) as list_cost,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from charges
    group by
        billing_period,
        day,
        provider,
        connection_id,
        workspace_id,
        credential_id,
        principal_id,
        product,
        model,
        meter,
        basis,
        reason,
        status,
        charge_category,
        billing_currency
),

principals_known as (
    select *
    from identity_map
    where kind in ('person', 'service')
),

keys_known as (
    select *
    from identity_map
    where kind = 'credential'
),

workspaces_known as (
    select *
    from identity_map
    where kind = 'workspace'
)

select
    g.billing_period,
    g.day,
    g.provider,
    g.connection_id,
    g.workspace_id,
    g.credential_id,
    g.principal_id,
    g.product,
    g.model,
    g.meter,
    g.basis,
    g.reason,
    g.status,
    g.charge_category,
    g.billing_currency,
    g.quantity,
    g.list_cost,
    g.billed_cost,
    g.effective_cost,
    -- A pseudonym that no directory knows is still a person.
    case
        when p.person_id is not null then p.person_id
        when substr(g.principal_id, 1, 2) in ('p_', 'u_') then g.principal_id
    end as person_id,
    case when g.basis <> 'unattributed' then coalesce(p.team_id, k.team_id, w.team_id) end as team_id,
    case
        when g.reason is not null then g.reason
        when p.id is not null or substr(g.principal_id, 1, 2) in ('p_', 'u_') then 'person_without_team'
        when k.owner_id is not null then 'owner_without_team'
        when g.credential_id is not null or g.principal_id is not null then 'no_owner'
        else 'no_key_or_person'
    end as team_missing
from grouped as g
left join principals_known as p
    on
        p.id = g.principal_id
        and (p.connection_id = '*' or p.connection_id = g.connection_id)
        and g.day >= p.valid_from
        and g.day < p.valid_to
left join keys_known as k
    on
        k.id = g.credential_id
        and k.connection_id = g.connection_id
        and g.day >= k.valid_from
        and g.day < k.valid_to
left join workspaces_known as w
    on
        w.id = g.workspace_id
        and w.connection_id = g.connection_id
        and g.day >= w.valid_from
        and g.day < w.valid_to
