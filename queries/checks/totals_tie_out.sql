-- No row: on every day, charges and what is given of them sum to each connection's ledger, to the last place.
with ledger as (
    select
        billing_period,
        connection_id,
        day,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from ledger_lines
    group by billing_period, connection_id, day, billing_currency
),

charged as (
    select
        billing_period,
        connection_id,
        day,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(case when status = 'billed' then effective_cost end) as decimal(28,10)) as effective_cost,
        cast(sum(effective_cost) as decimal(28,10)) as spent_cost
    from charges
    group by billing_period, connection_id, day, billing_currency
),

given as (
    select
        billing_period,
        connection_id,
        day,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as spent_cost
    from allocated_cost
    group by billing_period, connection_id, day, billing_currency
),

compared as (
    select
        coalesce(l.billing_period, c.billing_period, g.billing_period) as billing_period,
        coalesce(l.connection_id, c.connection_id, g.connection_id) as connection_id,
        coalesce(l.day, c.day, g.day) as day,
        coalesce(l.billing_currency, c.billing_currency, g.billing_currency) as billing_currency,
        coalesce(l.billed_cost, cast(0 as decimal(28,10))) as ledger_cost,
        coalesce(l.effective_cost, cast(0 as decimal(28,10))) as ledger_effective_cost,
        coalesce(c.billed_cost, cast(0 as decimal(28,10))) as charged_cost,
        coalesce(c.effective_cost, cast(0 as decimal(28,10))) as charged_effective_cost,
        coalesce(c.spent_cost, cast(0 as decimal(28,10))) as charged_spent_cost,
        coalesce(g.billed_cost, cast(0 as decimal(28,10))) as given_cost,
        coalesce(g.spent_cost, cast(0 as decimal(28,10))) as given_spent_cost
    from ledger as l
    full join charged as c
        on
            c.billing_period = l.billing_period
            and c.connection_id = l.connection_id
            and c.day = l.day
            and c.billing_currency = l.billing_currency
    full join given as g
        on
            g.billing_period = coalesce(l.billing_period, c.billing_period)
            and g.connection_id = coalesce(l.connection_id, c.connection_id)
            and g.day = coalesce(l.day, c.day)
            and g.billing_currency = coalesce(l.billing_currency, c.billing_currency)
)

select
    'the ledger of ' || connection_id || ' on ' || cast(day as varchar) || ' says ' || cast(ledger_cost as varchar)
    || ' ' || billing_currency || ', charges ' || cast(charged_cost as varchar) || ', allocated cost '
    || cast(given_cost as varchar) as says,
    billing_period,
    connection_id,
    day,
    billing_currency,
    ledger_cost,
    charged_cost,
    given_cost,
    ledger_effective_cost,
    charged_effective_cost,
    charged_spent_cost,
    given_spent_cost
from compared
where
    ledger_cost <> charged_cost
    or ledger_cost <> given_cost
    or ledger_effective_cost <> charged_effective_cost
    or charged_spent_cost <> given_spent_cost
