-- One row per line that contracts add to the ledger: a seat by holder and day, seats that nobody holds, seats of an unknown holder, and what is paid ahead of use.
with holders as (
    select
        d.billing_period,
        d.day,
        d.contract_id,
        s.connection_id,
        s.account_id,
        s.workspace_id,
        s.principal_id,
        s.product,
        s.seat_count
    from contract_days as d
    inner join seat_spans as s
        on
            s.provider = d.provider
            and d.day >= s.valid_from
            and d.day < s.valid_to
            and (d.connection_id is null or d.connection_id = s.connection_id)
            and (d.product is null or d.product = s.product)
    where d.kind = 'seats'
),

held_counts as (
    select
        contract_id,
        day,
        sum(seat_count) as held_count
    from holders
    group by contract_id, day
),

-- A directory that names a holder on any day of the month is one.
counted as (
    select
        d.*,
        coalesce(h.held_count, 0) as held_count,
        max(coalesce(h.held_count, 0)) over (partition by d.billing_period, d.contract_id) as month_count
    from contract_days as d
    left join held_counts as h
        on
            h.contract_id = d.contract_id
            and h.day = d.day
),

-- What each line counts (seats, or 1 of a lump), and what a line of it is.
shaped as (
    select
        h.contract_id,
        h.day,
        h.connection_id,
        h.account_id,
        h.workspace_id,
        h.principal_id,
        h.product,
        cast(h.seat_count as decimal(10,0)) as line_count,
        'seat' as shape,
        case when h.principal_id is null then 'unused_seats' end as reason
    from holders as h

    union all

    select
        c.contract_id,
        c.day,
        coalesce(c.connection_id, c.provider || '.contracts') as connection_id,
        cast(null as varchar) as account_id,
        cast(null as varchar) as workspace_id,
        cast(null as varchar) as principal_id,
        c.product,
        case
            when s.shape = 'seat' then cast(c.quantity - c.held_count as decimal(10,0))
            when s.shape = 'paid_ahead' and c.kind = 'seats'
                then cast(greatest(coalesce(c.quantity, 0), cast(c.held_count as decimal(10,0))) as decimal(10,0))
            else cast(1 as decimal(10,0))
        end as line_count,
        s.shape,
        case
            when s.shape = 'seat' and c.month_count > 0 then 'unused_seats'
            when s.shape <> 'seat' then s.shape
        end as reason
    from counted as c
    cross join unnest(array['seat', 'paid_ahead', 'unused_commitment']) as s(shape)
    where
        (s.shape = 'seat' and c.kind = 'seats' and c.quantity > c.held_count)
        or (s.shape = 'paid_ahead' and c.is_term_start = 'yes' and (c.kind <> 'seats' or c.term <> 'month'))
        or (s.shape = 'unused_commitment' and c.kind = 'commitment' and c.term = 'month' and c.is_month_end = 'yes')
),

priced as (
    select
        c.billing_period,
        c.kind,
        c.term,
        c.provider,
        c.billing_currency,
        c.billed_through,
        s.*,
        cast(c.seat_months * s.line_count as decimal(28,6)) as seat_months,
        cast(c.day_price * s.line_count as decimal(28,10)) as day_cost,
        cast(case when c.kind = 'seats' then c.unit_price else c.amount end * s.line_count as decimal(28,10)) as term_cost
    from shaped as s
    inner join contract_days as c
        on
            c.contract_id = s.contract_id
            and c.day = s.day
)

select
    billing_period,
    day,
    'contracts' as source,
    connection_id,
    provider,
    account_id,
    workspace_id,
    cast(null as varchar) as credential_id,
    principal_id,
    product,
    case when kind = 'seats' then 'seat_months' end as meter,
    case when shape = 'seat' then seat_months end as quantity,
    case when shape = 'unused_commitment' then 'Usage' else 'Purchase' end as charge_category,
    case
        when shape = 'unused_commitment' then 'Usage-Based'
        when term = 'once' then 'One-Time'
        else 'Recurring'
    end as charge_frequency,
    case
        when shape = 'seat' and reason is null then 'Seats'
        when shape = 'seat' then 'Seats that nobody holds'
        when shape = 'unused_commitment' then 'Commitment not used'
        when kind = 'seats' then 'Seats, paid ahead'
        when kind = 'prepaid' then 'Prepaid balance'
        else 'Commitment'
    end as charge_description,
    -- A seat of a month is billed by the day; what is paid for longer is billed when its term begins.
    case
        when shape = 'paid_ahead' then term_cost
        when shape = 'seat' and term = 'month' then day_cost
        else cast(0 as decimal(28,10))
    end as billed_cost,
    case
        when shape = 'paid_ahead' then term_cost
        when shape = 'seat' then day_cost
    end as list_cost,
    case when shape = 'seat' then day_cost else cast(0 as decimal(28,10)) end as effective_cost,
    billing_currency,
    contract_id,
    billed_through as billed_by,
    reason
from priced
