-- One row per contract line that is owed and day of the lake on which it holds, with the day's part of its price; the parts of a month (of the whole time, where it is owed once) sum to it.
with asked as (
    select
        billing_period,
        min(day) as first_day,
        max(day) as last_day
    from collection_status
    where target in ('usage', 'costs')
    group by billing_period
),

held as (
    select
        c.month as billing_period,
        c.day,
        a.first_day,
        k.contract_id,
        k.provider,
        k.connection_id,
        k.product,
        k.kind,
        k.term,
        cast(k.quantity as decimal(10,0)) as quantity,
        cast(k.unit_price as decimal(28,10)) as unit_price,
        k.amount,
        k.billing_currency,
        k.billed_through,
        k.valid_from,
        k.valid_to,
        cast(date_trunc('month', c.day) as date) as month_from,
        cast(cast(date_trunc('month', c.day) as date) + interval '1' month as date) as month_to,
        (year(c.day) - year(k.valid_from)) * 12 + month(c.day) - month(k.valid_from) as month_index
    from calendar as c
    inner join asked as a
        on
            a.billing_period = c.month
            and c.day >= a.first_day
            and c.day <= a.last_day
    inner join contracts as k
        on
            c.day >= k.valid_from
            and c.day < k.valid_to
    where k.kind in ('seats', 'commitment', 'prepaid')
),

-- A year's price is twelve equal months but for rounding, which the twelfth bears.
twelfths as (
    select
        h.*,
        cast(
            round(cast(h.unit_price as double) / nullif(cast(12 as double), cast(0 as double)), 10) as decimal(28,10)
        ) as twelfth
    from held as h
),

spans as (
    select
        t.*,
        case
            when t.term = 'year' and t.month_index % 12 = 11
                then cast(t.unit_price - t.twelfth * cast(11 as decimal(2,0)) as decimal(28,10))
            when t.term = 'year' then t.twelfth
            else t.unit_price
        end as span_price,
        case when t.term = 'once' then t.valid_from else t.month_from end as span_from,
        case when t.term = 'once' then t.valid_to else t.month_to end as span_to
    from twelfths as t
),

parts as (
    select
        s.*,
        date_diff('day', s.span_from, s.span_to) as day_count,
        cast(
            round(
                cast(s.span_price as double)
                / nullif(cast(date_diff('day', s.span_from, s.span_to) as double), cast(0 as double)),
                10
            ) as decimal(28,10)
        ) as part
    from spans as s
)

select
    billing_period,
    day,
    contract_id,
    provider,
    connection_id,
    product,
    kind,
    term,
    quantity,
    unit_price,
    amount,
    billing_currency,
    billed_through,
    -- What begins a term: the first of each month, the day of each year, the first day.
    case
        when day = valid_from then 'yes'
        when term = 'month' and day = month_from then 'yes'
        when term = 'year' and substr(cast(day as varchar), 6) = substr(cast(valid_from as varchar), 6) then 'yes'
        else 'no'
    end as is_term_start,
    -- The end of a month that was seen from its first day, or the contract's: of half a month nobody knows what was not used.
    case
        when cast(day + interval '1' day as date) = month_to and first_day <= greatest(month_from, valid_from) then 'yes'
        else 'no'
    end as is_month_end,
    cast(
        round(cast(1 as double) / nullif(cast(date_diff('day', month_from, month_to) as double), cast(0 as double)), 6)
        as decimal(28,6)
    ) as seat_months,
    case
        when cast(day + interval '1' day as date) = span_to
            then cast(span_price - part * cast(day_count - 1 as decimal(10,0)) as decimal(28,10))
        else part
    end as day_price
from parts
