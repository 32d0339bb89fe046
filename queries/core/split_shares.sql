-- One row per day, splitting rule and team that it gives to on that day, with the team's share. Shares sum to 1 but for rounding.
with heads as (
    select
        c.month as billing_period,
        c.day,
        p.team_id,
        count(*) as head_count
    from calendar as c
    inner join people as p
        on
            c.day >= p.valid_from
            and c.day < p.valid_to
            and (p.left_on is null or c.day < p.left_on)
    group by c.month, c.day, p.team_id
),

-- A team's own spend of the month, before any rule.
month_spend as (
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
        c.month as billing_period,
        c.day,
        r.rule_id,
        r.team_id,
        case
            when r.method = 'fixed' then cast(r.share as decimal(28,10))
            when r.method = 'headcount' then cast(h.head_count as decimal(28,10))
            else greatest(coalesce(s.effective_cost, 0), cast(0 as decimal(28,10)))
        end as weight
    from calendar as c
    inner join rules as r
        on
            c.day >= r.valid_from
            and c.day < r.valid_to
    left join heads as h
        on
            h.billing_period = c.month
            and h.day = c.day
            and h.team_id = r.team_id
    left join month_spend as s
        on
            s.billing_period = c.month
            and s.team_id = r.team_id
    where r.method <> 'assign' and r.team_id is not null
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
