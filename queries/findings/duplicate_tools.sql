-- One row per person who holds seats of two or more coding tools, with what all but the dearest cost a month.
with told as (
    select
        s.*,
        max(s.billing_period) over () as last_period
    from seat_use as s
    where
        s.product in (
            'copilot', 'cursor', 'claude_code', 'codex', 'windsurf', 'devin', 'gemini_code_assist', 'amazon_q', 'tabnine'
        )
),

-- A month that has just begun has cost little yet: the dearer of the last two is what a seat costs.
held as (
    select
        person_id,
        product,
        max(team_id) as team_id,
        max(seat_cost) as seat_cost,
        min(billing_currency) as billing_currency,
        max(billing_currency) as other_currency,
        max(last_active_on) as last_active_on
    from told
    where
        cast(billing_period || '-01' as date)
        >= cast(cast(last_period || '-01' as date) - interval '1' month as date)
    group by person_id, product
    having max(billing_period) = max(last_period)
),

doubled as (
    select
        person_id,
        max(team_id) as team_id,
        count(*) as tool_count,
        min(product) as product,
        max(product) as other_product,
        min_by(product, last_active_on) as least_used_product,
        max(billing_currency) as billing_currency,
        -- Seats in several currencies are not added.
        case
            when count_if(seat_cost is null) = 0 and min(billing_currency) = max(other_currency)
                then cast(sum(seat_cost) - max(seat_cost) as decimal(28,10))
        end as monthly_cost
    from held
    group by person_id
    having count(*) > 1
)

select
    person_id || ' holds seats of ' || cast(tool_count as varchar) || ' coding tools, ' || product || ' and '
    || other_product || ' among them'
    || coalesce(': ' || cast(cast(monthly_cost as decimal(28,2)) as varchar) || ' ' || billing_currency || ' a month for all but the dearest', '') as says,
    person_id,
    team_id,
    product,
    other_product,
    least_used_product,
    cast(tool_count as bigint) as tool_count,
    case when monthly_cost is not null then billing_currency end as billing_currency,
    monthly_cost,
    'ask which one is needed' as next_step
from doubled
