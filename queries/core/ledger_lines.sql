-- One row per line of the ledger, each dollar once: what is told, less what another biller bills and what is drawn from money paid before; and what contracts take off and put on, line by line.
with termed as (
    select
        l.*,
        case when l.reason = 'unused_commitment' then 'yes' else 'no' end as is_unused,
        coalesce(l.billed_by, t.billed_by) as other_biller,
        case
            when coalesce(l.billed_by, t.billed_by) is not null then cast(null as varchar)
            when l.reason = 'unused_commitment' and t.pool_id = l.contract_id then l.contract_id
            when l.charge_category = 'Usage' and l.origin <> 'contracts' then t.pool_id
        end as pool_id,
        t.pool_limit,
        case
            when coalesce(l.billed_by, t.billed_by) is not null then cast(null as decimal(12,10))
            when l.charge_category = 'Usage' and l.origin <> 'contracts' then t.discount_rate
            when l.charge_category = 'Purchase' and l.meter = 'seat_months' then t.discount_rate
        end as discount_rate,
        t.discount_id,
        case
            when coalesce(l.billed_by, t.billed_by) is not null or l.charge_category in ('Tax', 'Adjustment')
                then cast(null as decimal(12,10))
            else t.tax_rate
        end as tax_rate,
        t.tax_id
    from told_lines as l
    left join line_terms as t
        on
            t.billing_period = l.billing_period
            and t.day = l.day
            and t.provider = l.provider
            and t.connection_id = l.connection_id
            and t.product = coalesce(l.product, '')
            and t.billing_currency = l.billing_currency
),

discounted as (
    select
        t.*,
        cast(
            coalesce(cast(t.told_cost as decimal(20,10)) * t.discount_rate, cast(0 as decimal(32,20))) as decimal(28,10)
        ) as told_discount,
        cast(
            coalesce(cast(t.effective_cost as decimal(20,10)) * t.discount_rate, cast(0 as decimal(32,20)))
            as decimal(28,10)
        ) as effective_discount,
        -- A commitment by the month is used up in the order of days; others hold as long as they are valid.
        case when t.pool_id is not null and t.pool_limit >= 0 then t.pool_id else cast(t.day as varchar) end as drawn_from
    from termed as t
),

drawn as (
    select
        t.*,
        cast(
            coalesce(
                sum(t.told_cost - t.told_discount) over (
                    partition by t.billing_period, t.pool_id, t.drawn_from
                    order by
                        t.day,
                        t.connection_id,
                        t.workspace_id,
                        t.credential_id,
                        t.principal_id,
                        t.model,
                        t.meter,
                        t.charge_description,
                        t.sku_id,
                        t.invoice_id,
                        t.told_cost,
                        t.effective_cost,
                        t.quantity,
                        t.list_cost,
                        t.contracted_cost,
                        t.product,
                        t.service_tier,
                        t.speed,
                        t.context_window,
                        t.region,
                        t.charge_frequency,
                        t.charge_class,
                        t.account_id,
                        t.source
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as decimal(28,10)
        ) as drawn_before,
        cast(
            sum(t.told_cost - t.told_discount) over (
                partition by t.billing_period, t.pool_id, t.drawn_from
            ) as decimal(28,10)
        ) as drawn_in_all
    from discounted as t
),

billed as (
    select
        d.*,
        case
            when d.other_biller is not null then cast(0 as decimal(28,10))
            when d.is_unused = 'yes' then cast(0 as decimal(28,10))
            when d.pool_id is not null and d.pool_limit < 0 then cast(0 as decimal(28,10))
            when d.pool_id is not null
                then cast(
                    greatest(d.drawn_before + d.told_cost - d.told_discount - d.pool_limit, 0)
                    - greatest(d.drawn_before - d.pool_limit, 0)
                    as decimal(28,10)
                )
            else d.told_cost
        end as line_billed,
        case
            when d.other_biller is not null then cast(0 as decimal(28,10))
            when d.is_unused = 'yes' and d.pool_id is not null
                then cast(greatest(d.pool_limit - d.drawn_in_all, 0) as decimal(28,10))
            else d.effective_cost
        end as line_effective,
        case when d.pool_id is null then d.told_discount else cast(0 as decimal(28,10)) end as billed_discount
    from drawn as d
),

-- Each line, and what a contract takes off it and puts on it.
pieces as (
    select
        b.*,
        p.piece,
        case
            when p.piece = 'line' then b.line_billed
            when p.piece = 'discount' then cast(-b.billed_discount as decimal(28,10))
            else cast(cast(b.line_billed - b.billed_discount as decimal(20,10)) * b.tax_rate as decimal(28,10))
        end as billed_cost,
        case
            when p.piece = 'line' then b.line_effective
            when p.piece = 'discount' then cast(-b.effective_discount as decimal(28,10))
            else cast(
                cast(b.line_effective - b.effective_discount as decimal(20,10)) * b.tax_rate as decimal(28,10)
            )
        end as piece_effective
    from billed as b
    cross join unnest(array['line', 'discount', 'tax']) as p(piece)
    where
        (p.piece = 'line' and (b.is_unused = 'no' or b.line_effective > 0))
        or (p.piece = 'discount' and b.discount_rate > 0)
        or (p.piece = 'tax' and b.tax_rate > 0)
)

select
    billing_period,
    day,
    case when piece = 'line' then source else 'contracts' end as source,
    connection_id,
    provider,
    account_id,
    workspace_id,
    credential_id,
    principal_id,
    product,
    model,
    service_tier,
    speed,
    context_window,
    region,
    meter,
    case when piece = 'line' then quantity end as quantity,
    case
        when piece = 'discount' then 'Credit'
        when piece = 'tax' then 'Tax'
        else charge_category
    end as charge_category,
    charge_frequency,
    charge_class,
    case
        when piece = 'discount' then 'Discount'
        when piece = 'tax' then 'Tax'
        else charge_description
    end as charge_description,
    billed_cost,
    case when piece = 'line' then list_cost end as list_cost,
    case when piece = 'line' then contracted_cost end as contracted_cost,
    piece_effective as effective_cost,
    billing_currency,
    case when piece = 'line' then invoice_id end as invoice_id,
    case when piece = 'line' then sku_id end as sku_id,
    case
        -- What is drawn from a pool is drawn after the discount: the pool is told of both.
        when piece = 'discount' then coalesce(pool_id, discount_id)
        when piece = 'tax' then tax_id
        else coalesce(contract_id, pool_id)
    end as contract_id,
    case when piece = 'line' then origin else 'terms' end as origin,
    case when piece = 'line' then told_cost else billed_cost end as told_cost,
    other_biller as billed_by,
    case
        when credential_id is not null or principal_id is not null or origin = 'usage' then 'yes'
        else 'no'
    end as is_named,
    -- Use inside a pool that the vendor tells itself: listed, and net of it nothing.
    case
        when
            piece = 'line' and charge_category = 'Usage' and other_biller is null
            and told_cost = 0 and effective_cost = 0 and list_cost > 0
            then 'yes'
        else 'no'
    end as is_covered,
    case
        when reason is not null then 'nobody'
        when charge_category = 'Usage' then 'usage'
        when charge_category = 'Purchase' and meter = 'seat_months' then 'seats'
        else 'nobody'
    end as spread_by,
    reason as kept_reason
from pieces
