-- One row per contract with money owed or paid ahead: what is used of its present term, what is left, and whether it will last: a commitment is counted over its whole term, the months before included, and beyond its amount. What the vendor tells of a balance overrules what is counted; balances of one product are used up in the order in which they were paid.
with drawn_days as (
    select
        contract_id,
        day,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from charges
    where
        contract_id is not null
        and charge_category in ('Usage', 'Credit')
        and meter is distinct from 'seat_months'
        and reason is distinct from 'unused_commitment'
    group by contract_id, day
),

drawn as (
    select
        t.contract_id,
        cast(coalesce(sum(case when d.day >= t.term_from then d.effective_cost end), 0) as decimal(28,10)) as drawn_amount,
        cast(
            coalesce(
                sum(
                    case
                        when d.day >= cast(t.as_of - interval '28' day as date) and d.day < t.as_of
                            then d.effective_cost
                    end
                ),
                0
            ) as decimal(28,10)
        ) as recent_amount
    from contract_terms as t
    left join drawn_days as d
        on
            d.contract_id = t.contract_id
            and d.day < t.term_to
    where t.kind <> 'seats'
    group by t.contract_id
),

-- What a commitment's term has drawn up to each day, and so the day on which all of it was used.
running as (
    select
        t.contract_id,
        t.amount,
        d.day,
        cast(sum(d.effective_cost) over (partition by t.contract_id order by d.day) as decimal(28,10)) as drawn_amount
    from contract_terms as t
    inner join drawn_days as d
        on
            d.contract_id = t.contract_id
            and d.day >= t.term_from
            and d.day < t.term_to
    where t.kind = 'commitment'
),

reached as (
    select
        contract_id,
        min(day) as reached_on
    from running
    where drawn_amount >= amount
    group by contract_id
),

-- Seats: how many of those paid for were used in the last month that is told.
seat_months as (
    select
        t.contract_id,
        s.billing_period,
        count(*) as held_count,
        count_if(s.state = 'used') as used_count,
        max(s.billing_period) over (partition by t.contract_id) as last_period
    from contract_terms as t
    inner join seat_use as s
        on
            s.provider = t.provider
            and (t.connection_id is null or t.connection_id = s.connection_id)
            and (t.product is null or t.product = s.product)
    where t.kind = 'seats'
    group by t.contract_id, s.billing_period
),

amounts as (
    select
        t.*,
        case
            when t.kind = 'seats'
                then cast(
                    cast(t.unit_price as decimal(28,10))
                    * greatest(coalesce(cast(t.quantity as decimal(10,0)), 0), cast(coalesce(s.held_count, 0) as decimal(10,0)))
                    as decimal(28,10)
                )
            else t.amount
        end as term_amount,
        case
            when t.kind = 'seats'
                then cast(
                    cast(t.unit_price as decimal(28,10)) * cast(coalesce(s.used_count, 0) as decimal(10,0)) as decimal(28,10)
                )
            else d.drawn_amount
        end as counted_amount,
        coalesce(d.recent_amount, cast(0 as decimal(28,10))) as recent_amount,
        case
            when t.kind = 'prepaid' and t.term = 'once'
                then t.provider || '/' || coalesce(t.connection_id, '') || '/' || coalesce(t.product, '') || '/'
                || t.billing_currency
            else t.contract_id
        end as pool
    from contract_terms as t
    left join drawn as d
        on d.contract_id = t.contract_id
    left join seat_months as s
        on
            s.contract_id = t.contract_id
            and s.billing_period = s.last_period
),

queued as (
    select
        a.*,
        cast(sum(a.counted_amount) over (partition by a.pool) as decimal(28,10)) as pool_used,
        cast(sum(a.recent_amount) over (partition by a.pool) as decimal(28,10)) as pool_recent,
        cast(
            coalesce(
                sum(a.term_amount) over (
                    partition by a.pool
                    order by a.valid_from, a.contract_id
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as decimal(28,10)
        ) as before_amount,
        row_number() over (partition by a.pool order by a.valid_from desc, a.contract_id desc) as newest_rank
    from amounts as a
),

used as (
    select
        q.*,
        case
            when q.newest_rank = 1 and b.left_amount is not null then b.left_amount
            else cast(
                q.term_amount
                - case
                    -- A balance that counts less than nothing was topped up by a line that is missing here.
                    when q.kind = 'prepaid' and q.newest_rank = 1 then greatest(q.pool_used - q.before_amount, 0)
                    else least(greatest(q.pool_used - q.before_amount, 0), q.term_amount)
                end
                as decimal(28,10)
            )
        end as left_amount
    from queued as q
    left join balances as b
        on
            q.kind = 'prepaid'
            and b.provider = q.provider
            and b.connection_id = q.connection_id
            and b.billing_currency = q.billing_currency
),

-- At the rate of the last four weeks, or of as much of them as the term has had.
rated as (
    select
        u.*,
        -- What goes beyond a commitment is owed besides, and is to be seen.
        case
            when u.kind = 'commitment' then cast(greatest(u.counted_amount, 0) as decimal(28,10))
            else cast(greatest(u.term_amount - u.left_amount, 0) as decimal(28,10))
        end as used_amount,
        case
            when u.kind = 'seats' or u.pool_recent <= 0 then cast(null as double)
            else round(
                cast(u.pool_recent as double)
                / nullif(
                    cast(least(greatest(date_diff('day', u.valid_from, u.as_of), 1), 28) as double), cast(0 as double)
                ),
                10
            )
        end as daily_ratio
    from used as u
),

lasting as (
    select
        r.*,
        case
            when r.kind = 'seats' or r.valid_to <= r.as_of then cast(null as bigint)
            when r.left_amount <= 0 then cast(0 as bigint)
            when cast(r.left_amount as double) < r.daily_ratio * 36500e0
                then cast(
                    round(cast(r.left_amount as double) / nullif(cast(r.daily_ratio as double), cast(0 as double)) + 0.499999e0, 0)
                    as bigint
                )
        end as lasting_day_count
    from rated as r
),

ending as (
    select
        l.*,
        case
            when h.reached_on is not null then h.reached_on
            when cast(l.as_of + l.lasting_day_count * interval '1' day as date) < l.term_to
                then cast(l.as_of + l.lasting_day_count * interval '1' day as date)
        end as run_out_on,
        -- What will be used of it by the end of its term at that rate.
        cast(l.used_amount as double)
        + coalesce(l.daily_ratio, cast(0 as double)) * cast(date_diff('day', l.as_of, l.term_to) as double) as expected_ratio
    from lasting as l
    left join reached as h
        on h.contract_id = l.contract_id
)

select
    contract_id,
    provider,
    connection_id,
    product,
    kind,
    owner_id,
    billing_currency,
    term_amount as amount,
    used_amount,
    cast(
        round(cast(used_amount as double) / nullif(cast(term_amount as double), cast(0 as double)), 10) as decimal(28,10)
    ) as used_share,
    left_amount,
    cast(round(daily_ratio, 6) as decimal(28,6)) as daily_amount,
    valid_from,
    valid_to,
    term_from,
    term_to,
    run_out_on,
    case
        when valid_to <= as_of then 'expired'
        when kind = 'seats' and cast(used_amount as double) < 0.8e0 * cast(term_amount as double) then 'unused'
        when kind = 'seats' then 'on_track'
        when kind = 'commitment' and used_amount > term_amount then 'exceeded'
        when left_amount <= 0 then 'used_up'
        -- Without an end a balance always runs out: a month ahead is soon enough to say so.
        when
            run_out_on is not null
            and (term_to < date '9999-12-31' or run_out_on < cast(as_of + interval '30' day as date))
            then 'runs_out'
        -- Told once a week of the term has shown how it goes.
        when
            term_to < date '9999-12-31'
            and date_diff('day', term_from, as_of) >= 7
            and expected_ratio < 0.8e0 * cast(term_amount as double)
            then 'unused'
        else 'on_track'
    end as state,
    as_of
from ending
