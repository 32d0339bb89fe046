-- One row per day, account, caller and tags of the AWS bill (nothing told is an empty text) and team that they are given to: by the first rule for the provider aws, which gives to one team or splits, else as `cloud_bill_teams` says. A row takes of each amount what lies between its two shares.
with heads as (
    select distinct
        priority,
        rule_id,
        method,
        case when method = 'assign' then team_id end as team_id,
        cost_center
    from rules
    where provider = 'aws'
),

given as (
    select
        t.*,
        h.rule_id,
        h.method,
        h.cost_center,
        case
            when h.method is null or h.method = 'assign' then coalesce(h.team_id, t.team_id)
            else s.team_id
        end as given_team_id,
        case
            when h.method is null then 'no'
            when h.method = 'assign' and h.team_id is null then 'no'
            else 'yes'
        end as by_rule,
        coalesce(s.share_from, cast(0 as decimal(12,10))) as share_from,
        coalesce(s.share_to, cast(1 as decimal(12,10))) as share_to
    from cloud_bill_teams as t
    left join heads as h
        on h.priority = t.priority
    left join cloud_split_shares as s
        on
            s.billing_period = t.billing_period
            and s.day = t.day
            and s.rule_id = h.rule_id
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
    given_team_id as team_id,
    case when by_rule = 'yes' then rule_id end as rule_id,
    cost_center,
    case
        when given_team_id is null then 'unattributed'
        when by_rule = 'yes' then 'shared'
        else 'direct'
    end as basis,
    case
        when given_team_id is not null then null
        when by_rule = 'yes' then 'nothing_to_split_by'
        else missing
    end as reason,
    share_from,
    share_to
from given
