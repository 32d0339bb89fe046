-- One row per balance paid before that will not last its term, or a month: what is left, how long, and whom to ask.
with now_is as (
    select cast(max(due_at) as date) as as_of
    from collection_status
),

-- Balances that a vendor tells and no contract names: how fast the connection spends.
spent as (
    select
        a.connection_id,
        a.billing_currency,
        n.as_of,
        cast(sum(a.allocated_cost) as decimal(28,10)) as recent_amount
    from allocated_cost as a
    inner join now_is as n
        on
            a.day >= cast(n.as_of - interval '28' day as date)
            and a.day < n.as_of
    where a.charge_category = 'Usage'
    group by a.connection_id, a.billing_currency, n.as_of
),

told as (
    select
        b.connection_id,
        b.provider,
        b.billing_currency,
        b.left_amount,
        s.as_of,
        round(cast(s.recent_amount as double) / nullif(cast(28 as double), cast(0 as double)), 10) as daily_ratio
    from balances as b
    inner join spent as s
        on
            s.connection_id = b.connection_id
            and s.billing_currency = b.billing_currency
    left join contract_terms as c
        on
            c.kind = 'prepaid'
            and c.valid_to > c.as_of
            and c.provider = b.provider
            and c.connection_id = b.connection_id
    where c.contract_id is null and s.recent_amount > 0
),

ending as (
    select
        t.*,
        cast(
            round(cast(t.left_amount as double) / nullif(cast(t.daily_ratio as double), cast(0 as double)) + 0.499999e0, 0)
            as bigint
        ) as day_count
    from told as t
)

select
    'the balance of ' || contract_id || ' at ' || provider || ' has '
    || cast(cast(left_amount as decimal(28,2)) as varchar) || ' ' || billing_currency || ' left and lasts to '
    || cast(run_out_on as varchar) as says,
    provider,
    connection_id,
    contract_id,
    owner_id,
    billing_currency,
    left_amount,
    run_out_on,
    cast(daily_amount * 30 as decimal(28,6)) as monthly_cost,
    'top it up, or ask who spends it' as next_step
from contract_status
where kind = 'prepaid' and state in ('runs_out', 'used_up')

union all

select
    'the balance of ' || connection_id || ' has ' || cast(cast(left_amount as decimal(28,2)) as varchar) || ' '
    || billing_currency || ' left and lasts to ' || cast(cast(as_of + day_count * interval '1' day as date) as varchar) as says,
    provider,
    connection_id,
    cast(null as varchar) as contract_id,
    cast(null as varchar) as owner_id,
    billing_currency,
    left_amount,
    cast(as_of + day_count * interval '1' day as date) as run_out_on,
    cast(round(daily_ratio * 30e0, 6) as decimal(28,6)) as monthly_cost,
    'top it up, or ask who spends it' as next_step
from ending
where day_count <= 14
