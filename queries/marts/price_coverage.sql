-- One row per month, vendor, connection, model (null: the ledger names none) and currency: how much of the ledger priced usage explains, and the factor between them.
with billed as (
    select
        billing_period,
        provider,
        connection_id,
        model,
        billing_currency,
        cast(sum(effective_cost) as decimal(28,10)) as ledger_cost,
        -- Use inside a pool that the ledger tells stands at list, for so usage is priced too.
        cast(
            sum(case when effective_cost = 0 and billed_cost = 0 then coalesce(list_cost, 0) else effective_cost end)
            as decimal(28,10)
        ) as told_value
    from charges
    where
        status = 'billed'
        and charge_category = 'Usage'
        and (reason is null or reason <> 'unused_commitment')
        and (charge_description is null or charge_description <> 'Inside a seat, plan or pool')
    group by billing_period, provider, connection_id, model, billing_currency
),

billed_days as (
    select distinct
        billing_period,
        connection_id,
        day
    from charges
    where status = 'billed' and charge_category = 'Usage'
),

-- Usage of the days that the ledger has, at list.
used as (
    select
        u.billing_period,
        u.provider,
        u.connection_id,
        u.model,
        'USD' as billing_currency,
        cast(sum(u.list_cost) as decimal(28,10)) as priced_cost,
        count_if(u.list_cost is null) as unpriced_count
    from priced_usage as u
    inner join billed_days as d
        on
            d.billing_period = u.billing_period
            and d.connection_id = u.connection_id
            and d.day = u.day
    where
        (u.price_note is null or u.price_note <> 'not_priced')
        and (u.claim is null or u.claim = 'billed')
    group by u.billing_period, u.provider, u.connection_id, u.model
),

compared as (
    select
        b.billing_period,
        b.provider,
        b.connection_id,
        b.model,
        b.billing_currency,
        b.ledger_cost,
        b.told_value,
        u.priced_cost,
        u.unpriced_count,
        case when u.connection_id is not null then 'yes' else 'no' end as is_used
    from billed as b
    left join used as u
        on
            u.billing_period = b.billing_period
            and u.provider = b.provider
            and u.connection_id = b.connection_id
            and u.billing_currency = b.billing_currency
            -- Tools and fees have no model: what usage tells without one is theirs.
            and coalesce(u.model, '') = coalesce(b.model, '')
    where b.ledger_cost <> 0
)

select
    billing_period,
    provider,
    connection_id,
    model,
    billing_currency,
    ledger_cost,
    priced_cost,
    cast(
        least(
            greatest(
                coalesce(
                    round(
                        cast(priced_cost as double) / nullif(cast(told_value as double), cast(0 as double)), 10
                    ),
                    cast(0 as double)
                ),
                cast(0 as double)
            ),
            cast(1 as double)
        ) as decimal(28,10)
    ) as explained_share,
    cast(
        round(cast(told_value as double) / nullif(cast(priced_cost as double), cast(0 as double)), 10) as decimal(28,10)
    ) as factor,
    case
        when billing_currency <> 'USD' then 'other_currency'
        when model is null and is_used = 'no' then 'no_model'
        when is_used = 'no' then 'no_usage'
        when unpriced_count > 0 then 'unpriced_usage'
    end as reason
from compared
