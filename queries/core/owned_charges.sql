-- One row per day and who and what is charged, with its person, its team before any rule, and the first rule that matches.
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
)

select
    g.*,
    o.person_id,
    case when g.basis <> 'unattributed' then o.team_id end as team_id,
    coalesce(g.reason, o.team_missing) as missing,
    o.priority
from grouped as g
inner join charge_owners as o
    on
        o.billing_period = g.billing_period
        and o.day = g.day
        and o.provider = g.provider
        and o.connection_id = g.connection_id
        and o.workspace_id = coalesce(g.workspace_id, '')
        and o.credential_id = coalesce(g.credential_id, '')
        and o.principal_id = coalesce(g.principal_id, '')
        and o.model = coalesce(g.model, '')
