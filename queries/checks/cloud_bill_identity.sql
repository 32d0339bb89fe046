-- No row: in every month that another has followed, amortised cost is unblended cost without upfront fees and with what of them fell into the month, and use under a savings plan is billed once; up to the rounding of AWS's doubles.
with months as (
    select
        payer_account_id,
        billing_period,
        billing_currency,
        cast(sum(unblended_cost) as decimal(28,10)) as unblended_cost,
        cast(sum(amortised_cost) as decimal(28,10)) as amortised_cost,
        cast(sum(upfront_fee_cost) as decimal(28,10)) as upfront_fee_cost,
        cast(sum(trueup_cost) as decimal(28,10)) as trueup_cost,
        cast(sum(line_count) as bigint) as line_count
    from cloud_bill_daily
    where unblended_cost is not null
    group by payer_account_id, billing_period, billing_currency
),

last_months as (
    select
        payer_account_id,
        max(billing_period) as billing_period
    from cloud_bill_daily
    group by payer_account_id
),

compared as (
    select
        m.*,
        cast(m.unblended_cost - m.upfront_fee_cost - m.trueup_cost as decimal(28,10)) as expected_cost,
        cast(abs(m.amortised_cost - (m.unblended_cost - m.upfront_fee_cost - m.trueup_cost)) as decimal(28,10)) as gap_cost
    from months as m
    inner join last_months as l
        on
            l.payer_account_id = m.payer_account_id
            and l.billing_period > m.billing_period
)

select
    'the AWS bill of ' || payer_account_id || ' for ' || billing_period || ' amortises to '
    || cast(amortised_cost as varchar) || ' ' || billing_currency || ', its parts say ' || cast(expected_cost as varchar)
        as says,
    payer_account_id,
    billing_period,
    billing_currency,
    unblended_cost,
    amortised_cost,
    upfront_fee_cost,
    trueup_cost,
    expected_cost,
    gap_cost
from compared
where
    gap_cost > cast('0.01' as decimal(28,10))
    and cast(gap_cost as double) > cast(abs(unblended_cost) as double) * cast('0.000001' as double)
