-- One row per person, tool and currency paid by card in the last three months, with whom to ask and what it costs a month that it was paid in.
with now_is as (
    select cast(max(due_at) as date) as as_of
    from collection_status
),

paid as (
    select
        e.provider,
        e.person_id,
        e.billing_currency,
        max(e.merchant) as merchant,
        cast(sum(e.billed_cost) as decimal(28,10)) as billed_cost,
        count(distinct date_trunc('month', e.day)) as month_count,
        min(e.day) as first_day,
        max(e.day) as last_day
    from expenses as e
    inner join now_is as n
        on
            e.day > cast(n.as_of - interval '92' day as date)
            and e.day <= n.as_of
    where e.provider is not null
    group by e.provider, e.person_id, e.billing_currency
),

-- Vendors that the company has, so that a seat or a key of its own would do.
connected as (
    select distinct provider
    from collection_status
)

select
    coalesce(p.person_id, 'somebody') || ' paid ' || p.merchant || ' by card: '
    || cast(cast(p.billed_cost as decimal(28,2)) as varchar) || ' ' || p.billing_currency || ' since '
    || cast(p.first_day as varchar)
    || case when c.provider is not null then ', which the company has an account of' else '' end as says,
    p.provider,
    p.person_id,
    m.team_id,
    p.merchant,
    p.billing_currency,
    p.billed_cost,
    p.first_day,
    p.last_day,
    cast(
        round(cast(p.billed_cost as double) / nullif(cast(p.month_count as double), cast(0 as double)), 6) as decimal(28,6)
    ) as monthly_cost,
    case
        when c.provider is not null then 'offer a seat of the company''s own account'
        else 'ask what it is for; approve it as a contract, or end it'
    end as next_step
from paid as p
left join connected as c
    on c.provider = p.provider
left join identity_map as m
    on
        m.kind = 'person'
        and m.id = p.person_id
        and p.last_day >= m.valid_from
        and p.last_day < m.valid_to
