-- One row per week (its Monday), vendor, model and currency: what it cost, its share of that week, and its price per million tokens, paid and listed.
with cost_days as (
    -- By day and meter first: what a meter counts is asked of the few rows that are left.
    select
        day,
        provider,
        model,
        meter,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where model is not null
    group by day, provider, model, meter, billing_currency
),

spent as (
    select
        cast(date_trunc('week', d.day) as date) as week,
        d.provider,
        d.model,
        d.billing_currency,
        cast(sum(d.allocated_cost) as decimal(28,10)) as allocated_cost,
        cast(sum(case when m.consumed_unit = 'Tokens' then d.allocated_cost end) as decimal(28,10)) as token_cost
    from cost_days as d
    left join meters as m
        on m.meter = d.meter
    group by cast(date_trunc('week', d.day) as date), d.provider, d.model, d.billing_currency
),

used_days as (
    select
        day,
        provider,
        model,
        meter,
        cast(sum(quantity) as decimal(28,6)) as quantity,
        cast(sum(list_cost) as decimal(28,10)) as list_cost,
        count_if(list_cost is null) as unpriced_count
    from priced_usage
    where
        model is not null
        -- A copy is told once more by whom it is a copy of.
        and (claim is null or claim <> 'copy')
    group by day, provider, model, meter
),

used as (
    select
        cast(date_trunc('week', d.day) as date) as week,
        d.provider,
        d.model,
        cast(sum(d.quantity) as decimal(28,6)) as quantity_tokens,
        cast(sum(d.list_cost) as decimal(28,10)) as list_cost,
        sum(d.unpriced_count) as unpriced_count
    from used_days as d
    inner join meters as m
        on m.meter = d.meter
    where m.consumed_unit = 'Tokens'
    group by cast(date_trunc('week', d.day) as date), d.provider, d.model
),

joined as (
    select
        s.week,
        s.provider,
        s.model,
        s.billing_currency,
        s.allocated_cost,
        sum(s.allocated_cost) over (partition by s.week, s.billing_currency) as week_cost,
        s.token_cost,
        u.quantity_tokens,
        case when u.unpriced_count = 0 then u.list_cost end as list_cost
    from spent as s
    left join used as u
        on
            u.week = s.week
            and u.provider = s.provider
            and u.model = s.model
)

select
    week,
    provider,
    model,
    billing_currency,
    allocated_cost,
    cast(
        round(cast(allocated_cost as double) / nullif(cast(week_cost as double), cast(0 as double)), 10) as decimal(28,10)
    ) as share,
    quantity_tokens,
    cast(
        round(
            cast(token_cost as double) * 1000000e0 / nullif(cast(quantity_tokens as double), cast(0 as double)), 6
        ) as decimal(28,6)
    ) as cost_per_mtok,
    cast(
        round(
            cast(list_cost as double) * 1000000e0 / nullif(cast(quantity_tokens as double), cast(0 as double)), 6
        ) as decimal(28,6)
    ) as list_cost_per_mtok
from joined
