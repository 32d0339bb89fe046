-- One row per day, rule that splits the AWS bill and team that it gives to on that day: the team's part of each amount, from one share of it to another. Parts lie end to end from 0 to 1, so that what is cut at these shares sums to the amount to the last place.
with month_spend as (
    select
        b.billing_period,
        t.team_id,
        cast(sum(b.effective_cost) as decimal(28,10)) as effective_cost
    from cloud_bill_daily as b
    inner join cloud_bill_teams as t
        on
            t.billing_period = b.billing_period
            and t.day = b.day
            and t.account_id = b.account_id
            and t.principal_id = coalesce(b.principal_id, '')
            and t.team_tag = coalesce(b.team_tag, '')
            and t.principal_team_tag = coalesce(b.principal_team_tag, '')
            and t.account_team_tag = coalesce(b.account_team_tag, '')
    where t.team_id is not null
    group by b.billing_period, t.team_id
),

-- By usage: as what the teams spend in the AWS bill of the month by tag and caller, before any rule.
weights as (
    select
        w.billing_period,
        w.day,
        w.rule_id,
        w.team_id,
        case
            when w.method = 'usage' then greatest(coalesce(s.effective_cost, 0), cast(0 as decimal(28,10)))
            else w.weight
        end as weight
    from rule_weights as w
    left join month_spend as s
        on
            s.billing_period = w.billing_period
            and s.team_id = w.team_id
    where w.provider = 'aws'
),

-- The largest last: it takes what rounding leaves.
running as (
    select
        w.*,
        cast(
            sum(w.weight) over (
                partition by w.billing_period, w.day, w.rule_id
                order by w.weight, w.team_id
                rows between unbounded preceding and current row
            ) as decimal(28,10)
        ) as weight_to,
        cast(sum(w.weight) over (partition by w.billing_period, w.day, w.rule_id) as decimal(28,10)) as weight_all
    from weights as w
    where w.weight > 0
)

select
    billing_period,
    day,
    rule_id,
    team_id,
    cast(
        cast(
            round(
                cast(weight_to - weight as double) / nullif(cast(weight_all as double), cast(0 as double)), 10
            ) as decimal(28,10)
        ) as decimal(12,10)
    ) as share_from,
    cast(
        cast(
            round(cast(weight_to as double) / nullif(cast(weight_all as double), cast(0 as double)), 10)
            as decimal(28,10)
        ) as decimal(12,10)
    ) as share_to
from running
