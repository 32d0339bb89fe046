-- One row per paid seat whose holder has not used it for the last whole month and since, and per product's seats that nobody holds, with whom to ask and what it costs a month.
with now_is as (
    select cast(max(due_at) as date) as as_of
    from collection_status
),

recent as (
    select
        s.*,
        n.as_of
    from seat_use as s
    inner join now_is as n
        on
            cast(s.billing_period || '-01' as date) >= cast(cast(date_trunc('month', n.as_of) as date) - interval '1' month as date)
            and cast(s.billing_period || '-01' as date) <= n.as_of
),

idle as (
    select
        provider,
        connection_id,
        product,
        person_id,
        max(team_id) as team_id,
        max(billing_currency) as billing_currency,
        case when count(distinct billing_currency) = 1 then max(seat_cost) end as monthly_cost,
        max(last_active_on) as last_active_on
    from recent
    group by provider, connection_id, product, person_id
    having
        count_if(state <> 'idle') = 0
        -- Held a month ago already: who has just got a seat is not idle.
        and min(cast(billing_period || '-01' as date)) < cast(date_trunc('month', max(as_of)) as date)
),

spare as (
    select
        a.provider,
        a.connection_id,
        a.product,
        a.billing_period,
        a.billing_currency,
        cast(sum(a.allocated_cost) as decimal(28,10)) as monthly_cost,
        max(a.billing_period) over (partition by a.provider, a.connection_id, a.product) as last_period
    from allocated_cost as a
    where a.reason = 'unused_seats' and a.charge_category = 'Purchase'
    group by a.provider, a.connection_id, a.product, a.billing_period, a.billing_currency
),

-- Whoever looks after the contract.
owners as (
    select
        provider,
        max(owner_id) as owner_id
    from contract_terms
    where kind = 'seats'
    group by provider
)

select
    i.person_id || ' holds a seat of ' || i.product || ' and has not used it since '
    || coalesce(cast(i.last_active_on as varchar), 'it was given')
    || coalesce(': ' || cast(cast(i.monthly_cost as decimal(28,2)) as varchar) || ' ' || i.billing_currency || ' a month', '') as says,
    i.provider,
    i.connection_id,
    i.product,
    i.person_id,
    i.team_id,
    o.owner_id,
    i.billing_currency,
    i.monthly_cost,
    i.last_active_on,
    'ask whether the seat is needed; if not, take it back at the vendor' as next_step
from idle as i
left join owners as o
    on o.provider = i.provider

union all

select
    'seats of ' || coalesce(s.product, s.provider) || ' that nobody holds: '
    || cast(cast(s.monthly_cost as decimal(28,2)) as varchar) || ' ' || s.billing_currency || ' in ' || s.billing_period
    as says,
    s.provider,
    s.connection_id,
    s.product,
    cast(null as varchar) as person_id,
    cast(null as varchar) as team_id,
    o.owner_id,
    s.billing_currency,
    s.monthly_cost,
    cast(null as date) as last_active_on,
    'give them away, or buy fewer when the contract is renewed' as next_step
from spare as s
left join owners as o
    on o.provider = s.provider
where s.billing_period = s.last_period and s.monthly_cost > 0
