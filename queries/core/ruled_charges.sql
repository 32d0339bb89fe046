-- One row per owned charge, the first rule that matches it, and whether that rule splits it.
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
)

select
    o.*,
    r.rule_id,
    r.method,
    r.team_id as rule_team_id,
    r.cost_center as rule_cost_center,
    r.project,
    r.application,
    case when s.rule_id is null then 'no' else 'yes' end as is_split
from owned_charges as o
left join rule_matches as m
    on
        m.billing_period = o.billing_period
        and m.day = o.day
        and m.provider = o.provider
        and m.connection_id = o.connection_id
        and m.workspace_id = coalesce(o.workspace_id, '')
        and m.credential_id = coalesce(o.credential_id, '')
        and m.principal_id = coalesce(o.principal_id, '')
        and m.model = coalesce(o.model, '')
left join heads as r
    on r.priority = m.priority
left join split_shares as s
    on
        s.billing_period = o.billing_period
        and s.day = o.day
        and s.rule_id = r.rule_id
        and s.share_rank = 1
