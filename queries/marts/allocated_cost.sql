-- One row per day, who and what is charged, and team it is given to: by the first rule that matches, else to the team of the person, of the key's owner, or of the workspace's tag; else to nobody, with the reason.
with whole as (
    select
        c.*,
        case
            when c.method = 'assign' and c.rule_team_id is not null then c.rule_team_id
            when c.method is null or c.method = 'assign' then c.team_id
        end as given_team_id,
        case
            when c.method <> 'assign' then 'nothing_to_split_by'
            else c.team_missing
        end as missing
    from ruled_charges as c
    where c.is_split = 'no'
),

split_lines as (
    select
        c.*,
        row_number() over (
            partition by c.billing_period, c.day
            order by
                c.provider,
                c.connection_id,
                c.workspace_id,
                c.credential_id,
                c.principal_id,
                c.product,
                c.model,
                c.meter,
                c.basis,
                c.reason,
                c.status,
                c.charge_category,
                c.billing_currency
        ) as line_number
    from ruled_charges as c
    where c.is_split = 'yes'
),

parts as (
    select
        l.*,
        s.team_id as given_team_id,
        s.share_rank,
        cast(cast(l.quantity as decimal(24,6)) * s.share as decimal(28,6)) as quantity_part,
        cast(cast(l.list_cost as decimal(20,10)) * s.share as decimal(28,10)) as list_part,
        cast(cast(l.billed_cost as decimal(20,10)) * s.share as decimal(28,10)) as billed_part,
        cast(cast(l.effective_cost as decimal(20,10)) * s.share as decimal(28,10)) as effective_part
    from split_lines as l
    inner join split_shares as s
        on
            s.billing_period = l.billing_period
            and s.day = l.day
            and s.rule_id = l.rule_id
),

-- What rounding leaves over goes to the largest share.
summed as (
    select
        p.*,
        cast(
            sum(p.quantity_part) over (
                partition by p.billing_period, p.day, p.line_number
            ) as decimal(28,6)
        ) as quantity_parts,
        cast(
            sum(p.list_part) over (
                partition by p.billing_period, p.day, p.line_number
            ) as decimal(28,10)
        ) as list_parts,
        cast(
            sum(p.billed_part) over (
                partition by p.billing_period, p.day, p.line_number
            ) as decimal(28,10)
        ) as billed_parts,
        cast(
            sum(p.effective_part) over (
                partition by p.billing_period, p.day, p.line_number
            ) as decimal(28,10)
        ) as effective_parts
    from parts as p
),

given as (
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
        status,
        charge_category,
        billing_currency,
        person_id,
        given_team_id as team_id,
        rule_id,
        rule_cost_center,
        project,
        application,
        case
            when given_team_id is null then 'unattributed'
            when basis = 'unattributed' then 'shared'
            else basis
        end as basis,
        case when given_team_id is null then missing end as reason,
        quantity,
        list_cost,
        billed_cost,
        effective_cost
    from whole

    union all

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
        status,
        charge_category,
        billing_currency,
        person_id,
        given_team_id as team_id,
        rule_id,
        rule_cost_center,
        project,
        application,
        'shared' as basis,
        cast(null as varchar) as reason,
        cast(
            quantity_part
            + case when share_rank = 1 then quantity - quantity_parts else cast(0 as decimal(28,6)) end
            as decimal(28,6)
        ) as quantity,
        cast(
            list_part
            + case when share_rank = 1 then list_cost - list_parts else cast(0 as decimal(28,10)) end
            as decimal(28,10)
        ) as list_cost,
        cast(
            billed_part
            + case when share_rank = 1 then billed_cost - billed_parts else cast(0 as decimal(28,10)) end
            as decimal(28,10)
        ) as billed_cost,
        cast(
            effective_part
            + case when share_rank = 1 then effective_cost - effective_parts else cast(0 as decimal(28,10)) end
            as decimal(28,10)
        ) as effective_cost
    from summed
)

select
    g.billing_period,
    g.day,
    g.provider,
    g.connection_id,
    g.workspace_id,
    g.credential_id,
    g.principal_id,
    g.person_id,
    g.team_id,
    coalesce(g.rule_cost_center, t.cost_center) as cost_center,
    g.project,
    g.application,
    g.product,
    g.model,
    g.meter,
    g.basis,
    g.reason,
    g.rule_id,
    g.status,
    g.charge_category,
    g.quantity,
    g.billing_currency,
    g.list_cost,
    g.billed_cost,
    g.effective_cost as allocated_cost
from given as g
left join teams as t
    on t.team_id = g.team_id
