-- One row per ledger line that names neither key nor person, and why it stays whole; null: it may be spread by usage.
with lines as (
    select
        n.*,
        max(n.is_named) over (partition by n.billing_period, n.connection_id, n.day) as is_any_named
    from ledger_lines as n
),

-- How far each day's usage and ledger reach, as what was asked for tells.
asked_days as (
    select
        billing_period,
        connection_id,
        day,
        count_if(target = 'usage' and complete_through is null) as unread_usage_count,
        min(case when target = 'usage' then complete_through end) as usage_through,
        least(
            coalesce(
                min(case when target = 'costs' then complete_through end),
                cast(cast(day + interval '1' day as date) as timestamp(3))
            ),
            cast(cast(day + interval '1' day as date) as timestamp(3))
        ) as ledger_through
    from collection_status
    where target in ('usage', 'costs')
    group by billing_period, connection_id, day
)

-- A line to be spread waits until its day's usage reaches as far as the ledger does.
select
    l.*,
    row_number() over (
        partition by l.billing_period, l.source, l.connection_id, l.day
        order by
            l.workspace_id,
            l.model,
            l.meter,
            l.charge_description,
            l.sku_id,
            l.invoice_id,
            l.billed_cost,
            l.effective_cost,
            l.quantity,
            l.list_cost,
            l.contracted_cost,
            l.product,
            l.service_tier,
            l.speed,
            l.context_window,
            l.region,
            l.charge_category,
            l.charge_frequency,
            l.charge_class,
            l.billing_currency,
            l.account_id,
            l.contract_id,
            l.billed_by,
            l.kept_reason
    ) as line_number,
    case when l.spread_by = 'seats' then '*' else coalesce(l.workspace_id, '*') end as workspace_key,
    -- A fee for seats is told by product, and spread over who holds one.
    case when l.spread_by = 'seats' then coalesce(l.product, '*') else coalesce(l.model, '*') end as model_key,
    coalesce(l.meter, '*') as meter_key,
    case
        when l.kept_reason is not null then l.kept_reason
        when l.spread_by = 'nobody' then 'no_key_or_person'
        when l.spread_by = 'usage' and (a.unread_usage_count > 0 or a.usage_through < a.ledger_through)
            then 'usage_pending'
    end as kept_whole,
    case
        when l.spread_by = 'seats' then 'no_seat_holder'
        when l.is_any_named = 'yes' then 'no_key_or_person'
        else 'no_usage'
    end as unmatched
from lines as l
left join asked_days as a
    on
        a.billing_period = l.billing_period
        and a.connection_id = l.connection_id
        and a.day = l.day
where l.is_named = 'no'
