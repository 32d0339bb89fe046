-- One row per day, splitting rule and team that it gives to on that day, with the team's share. Shares sum to 1 but for rounding.
-- A team's own spend of the month, before any rule.
with month_spend as (
    select
        billing_period,
        team_id,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from owned_charges
    where team_id is not null
    group by billing_period, team_id
),

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
)

select
    billing_period,
    day,
    rule_id,
    team_id,
    cast(
        cast(
            round(
                cast(weight as double)
                / nullif(cast(sum(weight) over (partition by billing_period, day, rule_id) as double), cast(0 as double)),
                10
            ) as decimal(28,10)
        ) as decimal(12,10)
    ) as share,
    row_number() over (
        partition by billing_period, day, rule_id
        order by weight desc, team_id
    ) as share_rank
from weights
where weight > 0
