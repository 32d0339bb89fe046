-- No row: on every day the ledger holds what each vendor, each usage record that is a bill, and each contract told, once; a dollar less is billed by another or drawn from money paid before.
with told as (
    select
        billing_period,
        connection_id,
        day,
        'costs' as origin,
        cast(sum(billed_cost) as decimal(28,10)) as told_cost
    from costs
    group by billing_period, connection_id, day

    union all

    select
        billing_period,
        connection_id,
        day,
        'usage' as origin,
        cast(sum(claimed_cost) as decimal(28,10)) as told_cost
    from usage
    where claim = 'billed'
    group by billing_period, connection_id, day

    union all

    select
        billing_period,
        connection_id,
        day,
        'contracts' as origin,
        cast(sum(billed_cost) as decimal(28,10)) as told_cost
    from contract_lines
    group by billing_period, connection_id, day
),

held as (
    select
        billing_period,
        connection_id,
        day,
        origin,
        cast(sum(told_cost) as decimal(28,10)) as held_cost,
        cast(
            sum(
                case
                    when contract_id is null and billed_by is null and billed_cost <> told_cost then 1
                    when billed_by is not null and billed_cost <> 0 then 1
                    else 0
                end
            ) as bigint
        ) as changed_count
    from ledger_lines
    where origin <> 'terms'
    group by billing_period, connection_id, day, origin
)

select
    coalesce(h.origin, t.origin) || ' of ' || coalesce(h.connection_id, t.connection_id) || ' on '
    || cast(coalesce(h.day, t.day) as varchar) || ' told ' || coalesce(cast(t.told_cost as varchar), 'nothing')
    || ', the ledger has ' || coalesce(cast(h.held_cost as varchar), 'nothing') as says,
    coalesce(h.billing_period, t.billing_period) as billing_period,
    coalesce(h.connection_id, t.connection_id) as connection_id,
    coalesce(h.day, t.day) as day,
    coalesce(h.origin, t.origin) as origin,
    t.told_cost,
    h.held_cost,
    h.changed_count
from told as t
full join held as h
    on
        h.billing_period = t.billing_period
        and h.connection_id = t.connection_id
        and h.day = t.day
        and h.origin = t.origin
where coalesce(t.told_cost, 0) <> coalesce(h.held_cost, 0) or h.changed_count > 0
