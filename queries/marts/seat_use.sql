-- One row per month, connection, product and person with a seat, and currency that it is paid in: what it cost, and the value at list of what that person used there.
with paid as (
    select
        billing_period,
        provider,
        connection_id,
        product,
        person_id,
        billing_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as seat_cost
    from allocated_cost
    where meter = 'seat_months' and person_id is not null
    group by billing_period, provider, connection_id, product, person_id, billing_currency
),

used as (
    select
        billing_period,
        connection_id,
        person_id,
        cast(sum(list_cost) as decimal(28,10)) as used_value,
        count(distinct day) as active_day_count,
        max(day) as last_used_on
    from allocated_cost
    where person_id is not null and charge_category = 'Usage' and quantity > 0
    group by billing_period, connection_id, person_id
),

held as (
    select
        u.billing_period,
        u.provider,
        u.connection_id,
        u.product,
        coalesce(m.person_id, u.principal_id) as person_id,
        max(m.team_id) as team_id,
        max(u.last_active_on) as last_active_on
    from used_seats as u
    left join identity_map as m
        on
            m.kind = 'person'
            and m.id = u.principal_id
            and u.last_held_on >= m.valid_from
            and u.last_held_on < m.valid_to
    group by u.billing_period, u.provider, u.connection_id, u.product, coalesce(m.person_id, u.principal_id)
),

-- Where the vendor tells the last use of anybody, no last use of somebody is none.
telling as (
    select
        connection_id,
        max(last_active_on) as last_told_on
    from held
    group by connection_id
),

telling_usage as (
    select distinct
        billing_period,
        connection_id
    from used
),

joined as (
    select
        coalesce(h.billing_period, p.billing_period) as billing_period,
        coalesce(h.provider, p.provider) as provider,
        coalesce(h.connection_id, p.connection_id) as connection_id,
        coalesce(h.product, p.product) as product,
        coalesce(h.person_id, p.person_id) as person_id,
        h.team_id,
        p.billing_currency,
        p.seat_cost,
        h.last_active_on
    from held as h
    full join paid as p
        on
            p.billing_period = h.billing_period
            and p.connection_id = h.connection_id
            and p.product = h.product
            and p.person_id = h.person_id
)

select
    j.billing_period,
    j.provider,
    j.connection_id,
    j.product,
    j.person_id,
    coalesce(j.team_id, m.team_id) as team_id,
    j.billing_currency,
    j.seat_cost,
    u.used_value,
    case
        when j.last_active_on is null then u.last_used_on
        else greatest(j.last_active_on, coalesce(u.last_used_on, j.last_active_on))
    end as last_active_on,
    cast(coalesce(u.active_day_count, 0) as bigint) as active_day_count,
    case
        -- Its row is enough: who asks for the state alone need not count days.
        when u.person_id is not null then 'used'
        when j.last_active_on >= cast(j.billing_period || '-01' as date) then 'used'
        when t.last_told_on is not null or s.connection_id is not null then 'idle'
        else 'unknown'
    end as state
from joined as j
left join used as u
    on
        u.billing_period = j.billing_period
        and u.connection_id = j.connection_id
        and u.person_id = j.person_id
left join telling as t
    on t.connection_id = j.connection_id
left join telling_usage as s
    on
        s.billing_period = j.billing_period
        and s.connection_id = j.connection_id
left join identity_map as m
    on
        m.kind = 'person'
        -- One equality: beside a condition of the left side alone an engine may compare every row with every row.
        and m.id = case when j.team_id is null then j.person_id end
        and cast(j.billing_period || '-01' as date) >= m.valid_from
        and cast(j.billing_period || '-01' as date) < m.valid_to
