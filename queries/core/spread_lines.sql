-- One row per ledger line that names nobody and each share of it; one, whole, where there is nothing to share it by.
with shares as (
    select
        billing_period,
        connection_id,
        day,
        workspace_key,
        model_key,
        meter_key,
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
        unit_price,
        cut,
        is_nobody,
        share,
        share_rank
    from usage_shares

    union all

    select
        billing_period,
        connection_id,
        day,
        workspace_key,
        model_key,
        meter_key,
        account_id,
        workspace_id,
        credential_id,
        principal_id,
        cast(null as varchar) as product,
        cast(null as varchar) as model,
        cast(null as varchar) as service_tier,
        cast(null as varchar) as speed,
        cast(null as varchar) as context_window,
        cast(null as varchar) as region,
        cast(null as varchar) as meter,
        cast(null as decimal(20,14)) as unit_price,
        'whole' as cut,
        is_nobody,
        share,
        share_rank
    from seat_shares
),

parts as (
    select
        l.billing_period,
        l.day,
        l.source,
        l.connection_id,
        l.provider,
        l.line_number,
        case when s.share is null then l.account_id else coalesce(l.account_id, s.account_id) end as account_id,
        case when s.share is null then l.workspace_id else coalesce(l.workspace_id, s.workspace_id) end as workspace_id,
        case when s.share is not null then s.credential_id end as credential_id,
        case when s.share is not null then s.principal_id end as principal_id,
        case when s.share is null then l.product else coalesce(l.product, s.product) end as product,
        case when s.share is null then l.model else coalesce(l.model, s.model) end as model,
        case when s.share is null then l.service_tier else coalesce(l.service_tier, s.service_tier) end as service_tier,
        case when s.share is null then l.speed else coalesce(l.speed, s.speed) end as speed,
        case when s.share is null then l.context_window else coalesce(l.context_window, s.context_window) end as context_window,
        case when s.share is null then l.region else coalesce(l.region, s.region) end as region,
        case when s.share is null then l.meter else coalesce(l.meter, s.meter) end as meter,
        case when s.share is not null then s.unit_price end as list_unit_price,
        l.charge_category,
        l.charge_frequency,
        l.charge_class,
        l.charge_description,
        l.billing_currency,
        l.invoice_id,
        l.sku_id,
        l.contract_id,
        case
            when s.share is null or s.cut = 'rest' or s.is_nobody = 'yes' then 'unattributed'
            when l.is_covered = 'yes' then 'covered'
            else 'derived'
        end as basis,
        case
            when l.kept_whole is not null then l.kept_whole
            when s.share_rank is null then l.unmatched
            when s.share is null then 'unpriced_usage'
            when s.cut = 'rest' then 'rest'
            when s.is_nobody = 'yes' and l.spread_by = 'seats' then 'unused_seats'
            when s.is_nobody = 'yes' then 'no_key_or_person'
        end as reason,
        coalesce(s.share_rank, 1) as share_rank,
        cast(l.quantity as decimal(28,6)) as quantity,
        cast(l.list_cost as decimal(28,10)) as list_cost,
        cast(l.contracted_cost as decimal(28,10)) as contracted_cost,
        cast(l.billed_cost as decimal(28,10)) as billed_cost,
        cast(l.effective_cost as decimal(28,10)) as effective_cost,
        coalesce(s.share, cast(1 as decimal(12,10))) as share
    from unnamed_lines as l
    left join shares as s
        on
            s.billing_period = l.billing_period
            and s.connection_id = l.connection_id
            and s.day = l.day
            and s.workspace_key = l.workspace_key
            and s.model_key = l.model_key
            -- In the key, not beside it: a condition on one side alone would keep both engines from hashing the join.
            and s.meter_key = case when l.kept_whole is null then l.meter_key end
    where s.share_rank is null or s.share_rank = 1 or s.share > 0
),

-- Each part rounded to the last place that money has; what rounding leaves over goes to the largest part.
rounded_parts as (
    select
        p.*,
        cast(cast(p.quantity as decimal(24,6)) * p.share as decimal(28,6)) as quantity_part,
        cast(cast(p.list_cost as decimal(20,10)) * p.share as decimal(28,10)) as list_part,
        cast(cast(p.contracted_cost as decimal(20,10)) * p.share as decimal(28,10)) as contracted_part,
        cast(cast(p.billed_cost as decimal(20,10)) * p.share as decimal(28,10)) as billed_part,
        cast(cast(p.effective_cost as decimal(20,10)) * p.share as decimal(28,10)) as effective_part
    from parts as p
)

select
    p.*,
    cast(
        sum(p.quantity_part) over (
            partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
        ) as decimal(28,6)
    ) as quantity_parts,
    cast(
        sum(p.list_part) over (
            partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
        ) as decimal(28,10)
    ) as list_parts,
    cast(
        sum(p.contracted_part) over (
            partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
        ) as decimal(28,10)
    ) as contracted_parts,
    cast(
        sum(p.billed_part) over (
            partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
        ) as decimal(28,10)
    ) as billed_parts,
    cast(
        sum(p.effective_part) over (
            partition by p.billing_period, p.source, p.connection_id, p.day, p.line_number
        ) as decimal(28,10)
    ) as effective_parts
from rounded_parts as p
