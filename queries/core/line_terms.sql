-- One row per day, connection, product (none: an empty text) and currency of the ledger, and what the contracts say of it: who else bills it, what it is drawn from, what is taken off and put on.
with lines as (
    select distinct
        billing_period,
        day,
        provider,
        connection_id,
        coalesce(product, '') as product,
        billing_currency
    from told_lines
),

-- Of two of a kind the one that says its product holds, then the one that says its connection, then the older one.
held as (
    select
        contract_id,
        provider,
        connection_id,
        product,
        kind,
        billing_currency,
        billed_through,
        rate,
        case when kind = 'commitment' and term = 'month' then amount else cast(-1 as decimal(28,10)) end as pool_limit,
        case when kind in ('prepaid', 'commitment') then 'pool' else kind end as effect,
        case when product is null then '1' else '0' end || case when connection_id is null then '1' else '0' end
        || cast(valid_from as varchar) || contract_id as precedence,
        valid_from,
        valid_to
    from contracts
    where kind in ('biller', 'prepaid', 'commitment', 'discount', 'tax')
)

select
    l.billing_period,
    l.day,
    l.provider,
    l.connection_id,
    l.product,
    l.billing_currency,
    min_by(h.billed_through, case when h.effect = 'biller' then h.precedence end) as billed_by,
    min_by(h.contract_id, case when h.effect = 'pool' then h.precedence end) as pool_id,
    min_by(h.pool_limit, case when h.effect = 'pool' then h.precedence end) as pool_limit,
    min_by(h.contract_id, case when h.effect = 'discount' then h.precedence end) as discount_id,
    min_by(h.rate, case when h.effect = 'discount' then h.precedence end) as discount_rate,
    min_by(h.contract_id, case when h.effect = 'tax' then h.precedence end) as tax_id,
    min_by(h.rate, case when h.effect = 'tax' then h.precedence end) as tax_rate
from lines as l
inner join held as h
    on
        h.provider = l.provider
        and l.day >= h.valid_from
        and l.day < h.valid_to
        and (h.connection_id is null or h.connection_id = l.connection_id)
        and (h.product is null or h.product = l.product)
        and (h.effect <> 'pool' or h.billing_currency = l.billing_currency)
        -- Who bills it does not bill it instead of itself.
        and (h.effect <> 'biller' or h.billed_through <> l.connection_id)
group by l.billing_period, l.day, l.provider, l.connection_id, l.product, l.billing_currency
