-- No row: all spend together is what the vendors' ledgers and the AWS bill say, by month, door and account, to the last place.
with spend_doors as (
    select
        billing_period,
        day,
        'ledger' as door,
        connection_id as billing_account_id,
        billing_currency,
        billed_cost,
        coalesce(allocated_cost, cast(0 as decimal(28,10))) as effective_cost
    from allocated_cost

    union all

    select
        billing_period,
        day,
        'aws_bill' as door,
        payer_account_id as billing_account_id,
        billing_currency,
        billed_cost,
        effective_cost
    from cloud_bill_daily
),

entered as (
    select
        billing_period,
        door,
        billing_account_id,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from spend_doors
    group by billing_period, door, billing_account_id, billing_currency
),

shown as (
    select
        billing_period,
        door,
        billing_account_id,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        coalesce(cast(sum(effective_cost) as decimal(28,10)), cast(0 as decimal(28,10))) as effective_cost
    from ai_and_cloud_cost
    group by billing_period, door, billing_account_id, billing_currency
),

compared as (
    select
        coalesce(e.billing_period, s.billing_period) as billing_period,
        coalesce(e.door, s.door) as door,
        coalesce(e.billing_account_id, s.billing_account_id) as billing_account_id,
        coalesce(e.billing_currency, s.billing_currency) as billing_currency,
        coalesce(e.billed_cost, cast(0 as decimal(28,10))) as entered_billed_cost,
        coalesce(s.billed_cost, cast(0 as decimal(28,10))) as shown_billed_cost,
        coalesce(e.effective_cost, cast(0 as decimal(28,10))) as entered_cost,
        coalesce(s.effective_cost, cast(0 as decimal(28,10))) as shown_cost
    from entered as e
    full join shown as s
        on
            s.billing_period = e.billing_period
            and s.door = e.door
            and s.billing_account_id = e.billing_account_id
            and s.billing_currency = e.billing_currency
),

-- Where no bill is read, nothing is put beside it.
bills as (
    select cast(count(*) as bigint) as row_count
    from (
        select billing_period
        from cloud_bill_daily

        union all

        select billing_period
        from ai_and_cloud_cost
    ) as r
)

select
    door || ' ' || billing_account_id || ' in ' || billing_period || ' says ' || cast(entered_cost as varchar) || ' '
    || billing_currency || ', beside the cloud stand ' || cast(shown_cost as varchar) as says,
    billing_period,
    door,
    billing_account_id,
    billing_currency,
    entered_billed_cost,
    shown_billed_cost,
    entered_cost,
    shown_cost
from compared
cross join bills
where bills.row_count > 0 and (entered_billed_cost <> shown_billed_cost or entered_cost <> shown_cost)
