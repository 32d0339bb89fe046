-- One row per day, door, connection, team and currency of all spend, cloud and AI: as it is billed, and in the one currency that fx.csv names. Null: no rate of that day is known, or nothing in it has a known price.
with spent as (
    select
        billing_period,
        day,
        'ledger' as door,
        provider,
        connection_id,
        team_id,
        cost_center,
        status,
        billing_currency,
        billed_cost,
        allocated_cost
    from allocated_cost
    union all
    select
        billing_period,
        day,
        door,
        provider,
        billing_account_id as connection_id,
        team_id,
        cost_center,
        status,
        billing_currency,
        billed_cost,
        effective_cost as allocated_cost
    from ai_and_cloud_cost
    where door = 'aws_bill'
),

daily as (
    select
        billing_period,
        day,
        door,
        provider,
        connection_id,
        team_id,
        cost_center,
        status,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from spent
    group by
        billing_period,
        day,
        door,
        provider,
        connection_id,
        team_id,
        cost_center,
        status,
        billing_currency
),

-- One row, whatever the file holds: without it no currency is named.
reporting as (
    select max(to_currency) as reporting_currency from fx
),

rated as (
    select
        d.billing_period,
        d.day,
        d.door,
        d.provider,
        d.connection_id,
        d.team_id,
        d.cost_center,
        d.status,
        d.billing_currency,
        d.billed_cost,
        d.allocated_cost,
        r.reporting_currency,
        case
            when d.billing_currency = r.reporting_currency then cast('1' as decimal(15,10))
            else f.rate
        end as rate,
        f.origin as rate_origin
    from daily as d
    cross join reporting as r
    left join fx as f
        on
            f.from_currency = d.billing_currency
            and d.day >= f.valid_from
            and d.day < f.valid_to
)

select
    billing_period,
    day,
    door,
    provider,
    connection_id,
    team_id,
    cost_center,
    status,
    billing_currency,
    billed_cost,
    allocated_cost,
    reporting_currency,
    rate,
    rate_origin,
    -- Thirteen digits before the point, so that no engine cuts the product.
    cast(cast(billed_cost as decimal(23,10)) * rate as decimal(28,10)) as reported_billed_cost,
    cast(cast(allocated_cost as decimal(23,10)) * rate as decimal(28,10)) as reported_cost
from rated
