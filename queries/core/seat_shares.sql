-- One row per fee for seats (its connection, day and product, * where it tells none) and who pays a share of it: the holders of that day, alike; where no directory names any, who used what the month's seats cover, by its value.
with fees as (
    select distinct
        billing_period,
        connection_id,
        provider,
        day,
        workspace_key,
        model_key,
        meter_key
    from unnamed_lines
    where kept_whole is null and spread_by = 'seats'
),

holders as (
    select
        f.billing_period,
        f.connection_id,
        f.day,
        f.workspace_key,
        f.model_key,
        f.meter_key,
        s.account_id,
        s.workspace_id,
        cast(null as varchar) as credential_id,
        s.principal_id,
        cast(s.seat_count as decimal(28,10)) as weight
    from fees as f
    inner join seat_spans as s
        on
            s.provider = f.provider
            and f.day >= s.valid_from
            and f.day < s.valid_to
            and (s.connection_id = f.connection_id or f.connection_id = f.provider || '.contracts')
            and (f.model_key = '*' or f.model_key = s.product)
),

held_fees as (
    select distinct
        connection_id,
        day,
        model_key
    from holders
),

covered as (
    select
        billing_period,
        connection_id,
        account_id,
        workspace_id,
        credential_id,
        principal_id,
        case
            when count_if(list_cost is null and (price_note is null or price_note <> 'not_priced')) = 0
                then sum(list_cost)
            else sum(claimed_cost)
        end as used_value,
        sum(case when meter = 'requests' then quantity end) as request_count
    from priced_usage
    where claim = 'covered' and (credential_id is not null or principal_id is not null)
    group by billing_period, connection_id, account_id, workspace_id, credential_id, principal_id
),

-- By value, at list or by the vendor's word; where somebody's is unknown, by requests.
weighed as (
    select
        c.*,
        case
            when
                count_if(c.used_value is null) over (partition by c.billing_period, c.connection_id) = 0
                and sum(c.used_value) over (partition by c.billing_period, c.connection_id) > 0
                then cast(c.used_value as decimal(28,10))
            else cast(c.request_count as decimal(28,10))
        end as weight
    from covered as c
),

keys as (
    select *
    from holders

    union all

    select
        f.billing_period,
        f.connection_id,
        f.day,
        f.workspace_key,
        f.model_key,
        f.meter_key,
        w.account_id,
        w.workspace_id,
        w.credential_id,
        w.principal_id,
        w.weight
    from fees as f
    inner join weighed as w
        on
            w.billing_period = f.billing_period
            and w.connection_id = f.connection_id
    left join held_fees as h
        on
            h.connection_id = f.connection_id
            and h.day = f.day
            and h.model_key = f.model_key
    where h.day is null and w.weight > 0
)

select
    k.*,
    case when k.credential_id is null and k.principal_id is null then 'yes' else 'no' end as is_nobody,
    cast(
        cast(
            round(
                cast(k.weight as double)
                / nullif(
                    cast(sum(k.weight) over (partition by k.connection_id, k.day, k.model_key) as double),
                    cast(0 as double)
                ),
                10
            ) as decimal(28,10)
        ) as decimal(12,10)
    ) as share,
    row_number() over (
        partition by k.connection_id, k.day, k.model_key
        order by k.weight desc, k.principal_id, k.credential_id, k.workspace_id, k.account_id
    ) as share_rank
from keys as k
