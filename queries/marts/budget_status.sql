-- One row per budget and month up to now: what is spent of it in its currency, and the threshold reached.
with now_is as (
    select cast(max(due_at) as date) as as_of
    from collection_status
),

months as (
    select
        c.month as billing_period,
        min(c.day) as first_day,
        max(n.as_of) as as_of
    from calendar as c
    inner join now_is as n
        on c.day <= n.as_of
    group by c.month
),

spent as (
    select
        a.billing_period,
        a.team_id,
        a.cost_center,
        a.billing_currency,
        cast(sum(a.allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost as a
    -- A day in progress is told nowhere else either.
    inner join now_is as n
        on a.day < n.as_of
    group by a.billing_period, a.team_id, a.cost_center, a.billing_currency
),

-- A team's budget holds for the teams below it too.
placed as (
    select
        s.billing_period,
        s.cost_center,
        s.billing_currency,
        s.allocated_cost,
        '/' || t.path as path
    from spent as s
    left join teams as t
        on t.team_id = s.team_id
),

held as (
    select
        b.budget_id,
        b.scope_kind,
        b.scope_id,
        m.billing_period,
        b.monthly_amount,
        b.billing_currency,
        m.as_of,
        cast(coalesce(sum(p.allocated_cost), 0) as decimal(28,10)) as spent_cost
    from budgets as b
    inner join months as m
        on
            m.first_day >= b.valid_from
            and m.first_day < b.valid_to
    left join placed as p
        on
            p.billing_period = m.billing_period
            and p.billing_currency = b.billing_currency
            and (
                b.scope_kind = 'company'
                or (b.scope_kind = 'cost_center' and p.cost_center = b.scope_id)
                or (b.scope_kind = 'team' and strpos(p.path, '/' || b.scope_id || '/') > 0)
            )
    group by
        b.budget_id,
        b.scope_kind,
        b.scope_id,
        m.billing_period,
        b.monthly_amount,
        b.billing_currency,
        m.as_of
)

select
    budget_id,
    scope_kind,
    scope_id,
    billing_period,
    monthly_amount,
    spent_cost,
    cast(
        round(cast(spent_cost as double) / nullif(cast(monthly_amount as double), cast(0 as double)), 10)
        as decimal(28,10)
    ) as spent_share,
    case
        when spent_cost >= monthly_amount then '100'
        when spent_cost * 10 >= monthly_amount * 8 then '80'
        when spent_cost * 2 >= monthly_amount then '50'
    end as threshold,
    billing_currency,
    as_of
from held
