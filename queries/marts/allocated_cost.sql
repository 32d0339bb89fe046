-- One row per day, who and what is charged, and team it is given to: by the first rule that matches, else to the team of the person, of the key's owner, or of the workspace's tag; else to nobody, with the reason.
with heads as (
    select distinct
        priority,
        rule_id,
        method,
        case when method = 'assign' then team_id end as team_id,
        cost_center,
        project,
        application
    from rules
),

-- Once for each team that its rule splits it to; once where no rule splits it.
parts as (
    select
        c.*,
        r.rule_id,
        r.cost_center as rule_cost_center,
        r.project,
        r.application,
        case
            when r.method is null or r.method = 'assign' then coalesce(r.team_id, c.team_id)
            else s.team_id
        end as given_team_id,
        case
            when r.method is null or r.method = 'assign' then c.basis
            else 'shared'
        end as given_basis,
        case
            when r.method is null or r.method = 'assign' then c.missing
            else 'nothing_to_split_by'
        end as given_missing,
        coalesce(s.share, cast(1 as decimal(12,10))) as share,
        coalesce(s.share_rank, 1) as share_rank
    from owned_charges as c
    left join heads as r
        on r.priority = c.priority
    left join split_shares as s
        on
            s.billing_period = c.billing_period
            and s.day = c.day
            and s.rule_id = r.rule_id
),

rounded_parts as (
    select
        p.*,
        case
            when p.share = 1 then p.quantity
            else cast(cast(p.quantity as decimal(24,6)) * p.share as decimal(28,6))
        end as quantity_part,
        case
            when p.share = 1 then p.list_cost
            else cast(cast(p.list_cost as decimal(20,10)) * p.share as decimal(28,10))
        end as list_part,
        case
            when p.share = 1 then p.billed_cost
            else cast(cast(p.billed_cost as decimal(20,10)) * p.share as decimal(28,10))
        end as billed_part,
        case
            when p.share = 1 then p.effective_cost
            else cast(cast(p.effective_cost as decimal(20,10)) * p.share as decimal(28,10))
        end as effective_part
    from parts as p
),

-- What rounding leaves over goes to the largest share.
summed as (
    select
        p.*,
        cast(sum(p.quantity_part) over charge as decimal(28,6)) as quantity_parts,
        cast(sum(p.list_part) over charge as decimal(28,10)) as list_parts,
        cast(sum(p.billed_part) over charge as decimal(28,10)) as billed_parts,
        cast(sum(p.effective_part) over charge as decimal(28,10)) as effective_parts
    from rounded_parts as p
    window charge as (
        partition by
            p.billing_period,
            p.day,
            p.provider,
            p.connection_id,
            p.workspace_id,
            p.credential_id,
            p.principal_id,
            p.product,
            p.model,
            p.meter,
            p.basis,
            p.reason,
            p.status,
            p.charge_category,
            p.billing_currency
    )
)

select
    s.billing_period,
    s.day,
    s.provider,
    s.connection_id,
    s.workspace_id,
    s.credential_id,
    s.principal_id,
    s.person_id,
    s.given_team_id as team_id,
    coalesce(s.rule_cost_center, t.cost_center) as cost_center,
    s.project,
    s.application,
    s.product,
    s.model,
    s.meter,
    case
        when s.given_team_id is null then 'unattributed'
        when s.given_basis = 'unattributed' then 'shared'
        else s.given_basis
    end as basis,
    case when s.given_team_id is null then s.given_missing end as reason,
    s.rule_id,
    s.status,
    s.charge_category,
    cast(
        s.quantity_part
        + case when s.share_rank = 1 then s.quantity - s.quantity_parts else cast(0 as decimal(28,6)) end
        as decimal(28,6)
    ) as quantity,
    s.billing_currency,
    cast(
        s.list_part
        + case when s.share_rank = 1 then s.list_cost - s.list_parts else cast(0 as decimal(28,10)) end
        as decimal(28,10)
    ) as list_cost,
    cast(
        s.billed_part
        + case when s.share_rank = 1 then s.billed_cost - s.billed_parts else cast(0 as decimal(28,10)) end
        as decimal(28,10)
    ) as billed_cost,
    cast(
        s.effective_part
        + case when s.share_rank = 1 then s.effective_cost - s.effective_parts else cast(0 as decimal(28,10)) end
        as decimal(28,10)
    ) as allocated_cost
from summed as s
left join teams as t
    on t.team_id = s.given_team_id
