-- No row: what the ledger calls one thing on one day is one amount, before spreading and after, in every column of money and in quantity where the ledger tells it.
with ledger as (
    select
        billing_period,
        source,
        connection_id,
        day,
        charge_category,
        charge_description,
        sku_id,
        invoice_id,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost,
        case when count_if(list_cost is null) = 0 then cast(sum(list_cost) as decimal(28,10)) end as list_cost,
        cast(sum(contracted_cost) as decimal(28,10)) as contracted_cost,
        case when count_if(quantity is null) = 0 then cast(sum(quantity) as decimal(28,6)) end as quantity
    from ledger_lines
    group by
        billing_period,
        source,
        connection_id,
        day,
        charge_category,
        charge_description,
        sku_id,
        invoice_id,
        billing_currency
),

charged as (
    select
        billing_period,
        source,
        connection_id,
        day,
        charge_category,
        charge_description,
        sku_id,
        invoice_id,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost,
        cast(sum(list_cost) as decimal(28,10)) as list_cost,
        cast(sum(contracted_cost) as decimal(28,10)) as contracted_cost,
        cast(sum(quantity) as decimal(28,6)) as quantity
    from charges
    where status = 'billed'
    group by
        billing_period,
        source,
        connection_id,
        day,
        charge_category,
        charge_description,
        sku_id,
        invoice_id,
        billing_currency
)

select
    coalesce(l.source, c.source) || ' of ' || coalesce(l.connection_id, c.connection_id) || ' on '
    || cast(coalesce(l.day, c.day) as varchar) || ' bills ' || coalesce(cast(l.billed_cost as varchar), 'nothing')
    || ' for ' || coalesce(l.charge_description, c.charge_description, 'a line without words') || ', charges say '
    || coalesce(cast(c.billed_cost as varchar), 'nothing') as says,
    coalesce(l.billing_period, c.billing_period) as billing_period,
    coalesce(l.connection_id, c.connection_id) as connection_id,
    coalesce(l.day, c.day) as day,
    l.billed_cost as ledger_cost,
    c.billed_cost as charged_cost
from ledger as l
full join charged as c
    on
        c.billing_period = l.billing_period
        and c.source = l.source
        and c.connection_id = l.connection_id
        and c.day = l.day
        and c.charge_category = l.charge_category
        and coalesce(c.charge_description, '') = coalesce(l.charge_description, '')
        and coalesce(c.sku_id, '') = coalesce(l.sku_id, '')
        and coalesce(c.invoice_id, '') = coalesce(l.invoice_id, '')
        and c.billing_currency = l.billing_currency
where
    -- Use inside a seat, plan or pool is told by usage alone: it has value and no money.
    not (l.billed_cost is null and c.billed_cost = 0 and c.effective_cost = 0)
    and (
        l.billed_cost is distinct from c.billed_cost
        or l.effective_cost is distinct from c.effective_cost
        or l.list_cost <> c.list_cost
        or l.contracted_cost is distinct from c.contracted_cost
        or l.quantity <> c.quantity
    )
