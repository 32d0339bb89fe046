-- One row per connection that contracts.csv says another bills, while no bill of that biller is read here for the month: its ledger carries 0, so the money is in no total. What the vendor told is the amount.
with elsewhere as (
    select
        l.billing_period,
        l.provider,
        l.connection_id,
        k.billed_through,
        l.billing_currency,
        max(k.owner_id) as owner_id,
        cast(sum(l.told_cost) as decimal(28,10)) as told_cost
    from ledger_lines as l
    inner join contracts as k
        on
            k.provider = l.provider
            and l.day >= k.valid_from
            and l.day < k.valid_to
            and (k.connection_id is null or k.connection_id = l.connection_id)
            and (k.product is null or k.product = l.product)
            and k.billed_through <> l.connection_id
    where k.kind = 'biller' and l.told_cost <> 0
    group by l.billing_period, l.provider, l.connection_id, k.billed_through, l.billing_currency
),

-- Months of a biller that are read: of another connection, and of the Marketplace in the AWS bill.
connections_read as (
    select distinct
        billing_period,
        connection_id
    from ledger_lines
),

market_read as (
    select
        billing_period,
        count_if(ai_product = 'claude_platform') as platform_count
    from cloud_bill_daily
    where biller = 'AWS Marketplace'
    group by billing_period
),

unread as (
    select e.*
    from elsewhere as e
    left join connections_read as c
        on
            c.billing_period = e.billing_period
            and c.connection_id = e.billed_through
    left join market_read as m
        on
            m.billing_period = e.billing_period
            and e.billed_through = 'aws_marketplace'
            and (m.platform_count > 0 or e.provider <> 'anthropic')
    where c.connection_id is null and m.billing_period is null
)

select
    billed_through || ' bills ' || connection_id || ', says contracts.csv, and no bill read here has it: '
    || cast(cast(sum(told_cost) as decimal(28,2)) as varchar) || ' ' || billing_currency || ' since '
    || min(billing_period) || ' are in no total' as says,
    provider,
    connection_id,
    billed_through,
    max(owner_id) as owner_id,
    billing_currency,
    cast(sum(told_cost) as decimal(28,10)) as told_cost,
    min(billing_period) as first_period,
    max(billing_period) as last_period,
    'read the bill of ' || billed_through || ' (cloudBill in outlay.config.ts), or end the line of kind biller'
        as next_step
from unread
group by provider, connection_id, billed_through, billing_currency
