-- One row per day, shape of ledger line (its workspace, model and meter, * where it tells none) and usage that such a line is spread over, with its share.
-- A key or person that the ledger bills itself takes no part of what it bills to nobody.
with billed_names as (
    select distinct
        billing_period,
        connection_id,
        day,
        credential_id,
        principal_id
    from ledger_lines
    where is_named = 'yes'
),

billed_keys as (
    select distinct
        billing_period,
        connection_id,
        day,
        credential_id
    from billed_names
    where credential_id is not null
),

billed_people as (
    select distinct
        billing_period,
        connection_id,
        day,
        principal_id
    from billed_names
    where principal_id is not null
),

-- What is billed elsewhere, or estimated by the vendor beside its usage, is a key only where nothing better tells.
told_days as (
    select
        billing_period,
        connection_id,
        day,
        max(case when claim is null or claim = 'covered' then 'yes' else 'no' end) as is_told
    from priced_usage
    where (price_note is null or price_note <> 'not_priced') and (claim is null or claim in ('covered', 'copy'))
    group by billing_period, connection_id, day
),

key_usage as (
    select u.*
    from priced_usage as u
    inner join told_days as t
        on
            t.billing_period = u.billing_period
            and t.connection_id = u.connection_id
            and t.day = u.day
    where
        (u.price_note is null or u.price_note <> 'not_priced')
        and (u.claim is null or u.claim = 'covered' or (u.claim = 'copy' and t.is_told = 'no'))
),

free_usage as (
    select u.*
    from key_usage as u
    left join billed_keys as k
        on
            k.billing_period = u.billing_period
            and k.connection_id = u.connection_id
            and k.day = u.day
            and k.credential_id = u.credential_id
    left join billed_people as p
        on
            p.billing_period = u.billing_period
            and p.connection_id = u.connection_id
            and p.day = u.day
            and p.principal_id = u.principal_id
    where k.credential_id is null and p.principal_id is null
),

-- Which of workspace, model and meter a day's lines tell.
line_shapes as (
    select distinct
        billing_period,
        connection_id,
        day,
        case when workspace_key = '*' then 'any' else 'told' end as workspace_shape,
        case when model_key = '*' then 'any' else 'told' end as model_shape,
        case when meter_key = '*' then 'any' else 'told' end as meter_shape
    from unnamed_lines
    where kept_whole is null and spread_by = 'usage'
),

shaped_usage as (
    select
        u.*,
        case when s.workspace_shape = 'any' then '*' else coalesce(u.workspace_id, '') end as workspace_key,
        case when s.model_shape = 'any' then '*' else coalesce(u.model, '') end as model_key,
        case when s.meter_shape = 'any' then '*' else u.meter end as meter_key
    from free_usage as u
    inner join line_shapes as s
        on
            s.billing_period = u.billing_period
            and s.connection_id = u.connection_id
            and s.day = u.day
),

-- By list price; where a price is unknown by quantity, if the line tells its meter, for quantities of one meter compare.
weighed_usage as (
    select
        u.*,
        case
            when
                count_if(u.list_cost is null) over (
                    partition by
                        u.billing_period, u.connection_id, u.day, u.workspace_key, u.model_key, u.meter_key
                ) = 0
                and sum(u.list_cost) over (
                    partition by
                        u.billing_period, u.connection_id, u.day, u.workspace_key, u.model_key, u.meter_key
                ) > 0
                then cast(u.list_cost as decimal(28,10))
            when u.meter_key <> '*' then cast(u.quantity as decimal(28,10))
        end as weight
    from shaped_usage as u
)

select
    w.*,
    case
        when w.workspace_id is null and w.credential_id is null and w.principal_id is null then 'yes'
        else 'no'
    end as is_nobody,
    cast(
        cast(
            round(
                cast(w.weight as double)
                / nullif(
                    cast(
                        sum(w.weight) over (
                            partition by
                                w.billing_period, w.connection_id, w.day, w.workspace_key, w.model_key, w.meter_key
                        ) as double
                    ),
                    cast(0 as double)
                ),
                10
            ) as decimal(28,10)
        ) as decimal(12,10)
    ) as share,
    row_number() over (
        partition by w.billing_period, w.connection_id, w.day, w.workspace_key, w.model_key, w.meter_key
        order by
            w.weight desc,
            w.workspace_id,
            w.credential_id,
            w.principal_id,
            w.model,
            w.meter,
            w.product,
            w.service_tier,
            w.speed,
            w.context_window,
            w.region,
            w.account_id,
            w.source,
            w.claim,
            w.cut
    ) as share_rank
from weighed_usage as w
