-- One row per week (its Monday), vendor, model and currency: what it cost, its share of that week, and its price per million tokens, paid and listed.
with spent as (
    select
        cast(date_trunc('week', day) as date) as week,
        provider,
        model,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where model is not null
    group by cast(date_trunc('week', day) as date), provider, model, billing_currency
),

token_spend as (
    select
        cast(date_trunc('week', a.day) as date) as week,
        a.provider,
        a.model,
        a.billing_currency,
        cast(sum(a.allocated_cost) as decimal(28,10)) as token_cost
    from allocated_cost as a
    inner join meters as m
        on m.meter = a.meter
    where a.model is not null and m.consumed_unit = 'Tokens'
    group by cast(date_trunc('week', a.day) as date), a.provider, a.model, a.billing_currency
),

used as (
    select
        cast(date_trunc('week', u.day) as date) as week,
        u.provider,
        u.model,
        cast(sum(u.quantity) as decimal(28,6)) as quantity_tokens,
        cast(sum(u.list_cost) as decimal(28,10)) as list_cost,
        count_if(u.list_cost is null) as unpriced_count
    from priced_usage as u
    inner join meters as m
        on m.meter = u.meter
    where
        u.model is not null and m.consumed_unit = 'Tokens'
        -- A copy is told once more by whom it is a copy of.
        and (u.claim is null or u.claim <> 'copy')
    group by cast(date_trunc('week', u.day) as date), u.provider, u.model
),

joined as (
    select
        s.week,
        s.provider,
        s.model,
        s.billing_currency,
        s.allocated_cost,
        sum(s.allocated_cost) over (partition by s.week, s.billing_currency) as week_cost,
        t.token_cost,
        u.quantity_tokens,
        case when u.unpriced_count = 0 then u.list_cost end as list_cost
    from spent as s
    left join token_spend as t
        on
            t.week = s.week
            and t.provider = s.provider
            and t.model = s.model
            and t.billing_currency = s.billing_currency
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
