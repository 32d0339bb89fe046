-- One row per commitment or balance that will not be used by the end of its term, with whom to ask and what is lost a month.
with ending as (
    select
        c.*,
        -- What is left at the end at the rate of the last four weeks, over the months of the term.
        round(
            (
                cast(left_amount as double)
                - coalesce(cast(daily_amount as double), cast(0 as double)) * cast(date_diff('day', as_of, term_to) as double)
            )
            / nullif(cast(date_diff('day', term_from, term_to) as double), cast(0 as double))
            * 30.4375e0,
            6
        ) as monthly_ratio
    from contract_status as c
    where c.kind in ('commitment', 'prepaid') and c.state = 'unused'
)

select
    kind || ' ' || contract_id || ' at ' || provider || ' will not be used: '
    || cast(cast(used_amount as decimal(28,2)) as varchar) || ' of ' || cast(cast(amount as decimal(28,2)) as varchar)
    || ' ' || billing_currency || ' so far, and it ends on ' || cast(term_to as varchar) as says,
    contract_id,
    provider,
    connection_id,
    owner_id,
    billing_currency,
    amount,
    used_amount,
    left_amount,
    term_to as ends_on,
    cast(monthly_ratio as decimal(28,6)) as monthly_cost,
    'move use to it, or commit to less when it is renewed' as next_step
from ending
