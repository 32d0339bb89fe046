-- One row per contract that money is owed or was paid for, and its term that runs as of now, or ran last.
with now_is as (
    select cast(max(due_at) as date) as as_of
    from collection_status
),

held as (
    select
        k.*,
        n.as_of,
        least(n.as_of, cast(k.valid_to - interval '1' day as date)) as seen_on
    from contracts as k
    cross join now_is as n
    where k.kind in ('seats', 'commitment', 'prepaid') and k.valid_from <= n.as_of
),

-- Of a contract the line that holds, or held last.
lasting as (
    select
        h.*,
        row_number() over (partition by h.contract_id order by h.valid_from desc) as line_rank,
        case
            when substr(cast(h.seen_on as varchar), 6) >= substr(cast(h.valid_from as varchar), 6)
                then year(h.seen_on) - year(h.valid_from)
            else year(h.seen_on) - year(h.valid_from) - 1
        end as year_count
    from held as h
)

select
    contract_id,
    provider,
    connection_id,
    product,
    kind,
    term,
    quantity,
    unit_price,
    amount,
    owner_id,
    billing_currency,
    valid_from,
    valid_to,
    as_of,
    case
        when term = 'month' then greatest(valid_from, cast(date_trunc('month', seen_on) as date))
        when term = 'year' then cast(valid_from + year_count * interval '1' year as date)
        else valid_from
    end as term_from,
    least(
        valid_to,
        case
            when term = 'month' then cast(cast(date_trunc('month', seen_on) as date) + interval '1' month as date)
            when term = 'year' then cast(valid_from + (year_count + 1) * interval '1' year as date)
            else valid_to
        end
    ) as term_to
from lasting
where line_rank = 1
