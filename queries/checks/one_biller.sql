-- No row: a dollar enters by one door: one connection bills an account in a month, what another bills carries no money here, and seats are billed by the ledger or by a contract.
with elsewhere as (
    select
        l.billing_period,
        l.connection_id,
        k.billed_through,
        cast(sum(l.billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(l.effective_cost) as decimal(28,10)) as effective_cost,
        count_if(l.billed_cost <> 0 or l.effective_cost <> 0) as line_count
    from ledger_lines as l
    inner join contracts as k
        on
            k.provider = l.provider
            and l.day >= k.valid_from
            and l.day < k.valid_to
            and (k.connection_id is null or k.connection_id = l.connection_id)
            and (k.product is null or k.product = l.product)
            and k.billed_through <> l.connection_id
    where k.kind = 'biller'
    group by l.billing_period, l.connection_id, k.billed_through
),

accounts as (
    select
        billing_period,
        provider,
        account_id,
        min(connection_id) as connection_id,
        max(connection_id) as other_connection_id,
        cast(sum(told_cost) as decimal(28,10)) as billed_cost
    from ledger_lines
    where account_id is not null and origin in ('costs', 'usage') and billed_by is null and told_cost <> 0
    group by billing_period, provider, account_id
),

seat_fees as (
    select
        l.billing_period,
        l.connection_id,
        coalesce(l.product, '') as product,
        cast(sum(l.told_cost) as decimal(28,10)) as billed_cost,
        count_if(l.origin = 'costs') as ledger_count,
        count_if(l.origin = 'contracts') as contract_count
    from ledger_lines as l
    where l.meter = 'seat_months' and l.billed_by is null and l.told_cost > 0 and l.origin in ('costs', 'contracts')
    group by l.billing_period, l.connection_id, coalesce(l.product, '')
)

select
    connection_id || ' has ' || cast(effective_cost as varchar) || ' in ' || billing_period || ', which '
    || billed_through || ' bills' as says,
    billing_period,
    connection_id,
    billed_cost
from elsewhere
where line_count > 0

union all

select
    connection_id || ' and ' || other_connection_id || ' both bill account ' || account_id || ' of ' || provider
    || ' in ' || billing_period || ': each dollar may be there twice' as says,
    billing_period,
    connection_id,
    billed_cost
from accounts
where connection_id <> other_connection_id

union all

select
    'seats of ' || connection_id || ' are billed by its ledger and by a contract in ' || billing_period as says,
    billing_period,
    connection_id,
    billed_cost
from seat_fees
where ledger_count > 0 and contract_count > 0
