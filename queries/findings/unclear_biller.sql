-- One row per Anthropic connection of which no contract says who bills it, while the AWS bill has Claude Platform in the same months: if AWS bills it, its money is counted twice.
with platform as (
    select
        billing_period,
        billing_currency,
        cast(sum(effective_cost) as decimal(28,10)) as platform_cost
    from cloud_bill_daily
    where ai_product = 'claude_platform'
    group by billing_period, billing_currency
),

spent as (
    select
        billing_period,
        connection_id,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where provider = 'anthropic'
    group by billing_period, connection_id
),

-- A contract without a connection is for all of them.
told as (
    select distinct coalesce(connection_id, '*') as connection_id
    from contracts
    where provider = 'anthropic' and kind = 'biller'
),

untold as (
    select
        s.connection_id,
        p.billing_period,
        p.billing_currency,
        p.platform_cost,
        s.allocated_cost
    from spent as s
    inner join platform as p
        on p.billing_period = s.billing_period
    left join told as t
        on t.connection_id = s.connection_id or t.connection_id = '*'
    where t.connection_id is null
)

select
    'the AWS bill has ' || cast(cast(sum(platform_cost) as decimal(28,2)) as varchar) || ' ' || billing_currency
    || ' of Claude Platform since ' || min(billing_period) || ': say in contracts.csv whether AWS bills '
    || connection_id as says,
    connection_id,
    billing_currency,
    cast(sum(platform_cost) as decimal(28,10)) as platform_cost,
    cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost,
    min(billing_period) as first_period,
    'add a line of kind biller to contracts.csv: billed_through aws_marketplace, or ' || connection_id
    || ' where the vendor itself bills it' as next_step
from untold
group by connection_id, billing_currency
