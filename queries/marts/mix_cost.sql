-- One row per day, team, vendor and connection at which half of the team's people (three or more) get dearer answers than in the weeks before: what that made of the day's cost, and the model that grew most.
with team_days as (
    select
        billing_period,
        day,
        date_diff('day', date '2020-01-01', day) as day_index,
        team_id,
        provider,
        connection_id,
        billing_currency,
        cast(sum(quantity) as decimal(28,6)) as output_tokens,
        cast(sum(list_cost) as decimal(28,10)) as output_list_cost
    from allocated_cost
    where team_id is not null and model is not null and meter = 'output_tokens' and list_cost > 0
    group by billing_period, day, team_id, provider, connection_id, billing_currency
),

-- Only what has a price and answered something: a list price per answer compares models whatever their caches do.
-- The last days before are left out, so that a mix that has just moved is not its own measure.
compared as (
    select
        d.*,
        sum(d.output_tokens) over three_days as recent_tokens,
        sum(d.output_list_cost) over three_days as recent_list_cost,
        sum(d.output_tokens) over weeks_before as before_tokens,
        sum(d.output_list_cost) over weeks_before as before_list_cost,
        count(*) over weeks_before as before_day_count
    from team_days as d
    where d.output_tokens > 0
    window
        three_days as (
            partition by d.team_id, d.provider, d.connection_id, d.billing_currency
            order by d.day_index
            range between 2 preceding and current row
        ),
        weeks_before as (
            partition by d.team_id, d.provider, d.connection_id, d.billing_currency
            order by d.day_index
            range between 23 preceding and 4 preceding
        )
),

indexed as (
    select
        c.*,
        round(
            cast(c.output_list_cost as double) * cast(c.before_tokens as double)
            / nullif(
                cast(cast(c.output_tokens as double) * cast(c.before_list_cost as double) as double), cast(0 as double)
            ),
            6
        ) as mix_index,
        round(
            cast(c.recent_list_cost as double) * cast(c.before_tokens as double)
            / nullif(
                cast(cast(c.recent_tokens as double) * cast(c.before_list_cost as double) as double), cast(0 as double)
            ),
            6
        ) as recent_index
    from compared as c
    where c.before_day_count >= 5
),

-- The day alone may be one session; the days together may still hold the last dear one. Those of a day are numbered:
-- millions of answers are added up by the number instead of by four words.
dearer_days as (
    select
        i.*,
        cast(i.day - interval '23' day as date) as before_from,
        cast(i.day - interval '4' day as date) as before_through,
        row_number() over (
            partition by i.day
            order by i.team_id, i.provider, i.connection_id, i.billing_currency
        ) as day_number
    from indexed as i
    where i.mix_index > 1.3e0 and i.recent_index > 1.3e0
),

-- What each person got from each model on such a day, and in the weeks before it.
answers as (
    select
        d.day,
        d.day_number,
        a.person_id,
        a.model,
        cast(sum(case when a.day = d.day then a.quantity else 0 end) as decimal(28,6)) as output_tokens,
        cast(sum(case when a.day = d.day then a.list_cost else 0 end) as decimal(28,10)) as output_list_cost,
        cast(sum(case when a.day < d.day then a.quantity else 0 end) as decimal(28,6)) as before_tokens,
        cast(sum(case when a.day < d.day then a.list_cost else 0 end) as decimal(28,10)) as before_list_cost
    from dearer_days as d
    inner join allocated_cost as a
        on
            a.team_id = d.team_id
            and a.provider = d.provider
            and a.connection_id = d.connection_id
            and a.billing_currency = d.billing_currency
            and a.day >= d.before_from
            and a.day <= d.day
    where
        a.meter = 'output_tokens'
        and a.model is not null
        and a.list_cost > 0
        and (a.day = d.day or a.day <= d.before_through)
    group by d.day, d.day_number, a.person_id, a.model
),

people_answers as (
    select
        day,
        day_number,
        person_id,
        sum(output_tokens) as output_tokens,
        sum(output_list_cost) as output_list_cost,
        sum(before_tokens) as before_tokens,
        sum(before_list_cost) as before_list_cost
    from answers
    where person_id is not null
    group by day, day_number, person_id
),

-- Each against the own weeks before.
raised_teams as (
    select
        day,
        day_number,
        count_if(output_tokens > 0) as active_count,
        count_if(
            before_tokens > 0
            and cast(output_list_cost as double) * cast(before_tokens as double)
            > 1.3e0 * cast(output_tokens as double) * cast(before_list_cost as double)
        ) as raised_count
    from people_answers
    group by day, day_number
),

model_answers as (
    select
        day,
        day_number,
        model,
        sum(output_tokens) as output_tokens,
        sum(before_tokens) as before_tokens
    from answers
    group by day, day_number, model
),

grown as (
    select
        m.day,
        m.day_number,
        m.model,
        round(
            cast(m.output_tokens as double)
            / nullif(cast(sum(m.output_tokens) over one_day as double), cast(0 as double)),
            6
        ) - round(
            cast(m.before_tokens as double)
            / nullif(cast(sum(m.before_tokens) over one_day as double), cast(0 as double)),
            6
        ) as growth
    from model_answers as m
    window one_day as (partition by m.day, m.day_number)
),

ranked as (
    select
        g.*,
        row_number() over (partition by g.day, g.day_number order by g.growth desc, g.model) as growth_rank
    from grown as g
),

raised as (
    select
        d.*,
        g.model as grown_model,
        r.active_count,
        r.raised_count
    from dearer_days as d
    inner join raised_teams as r
        on
            r.day = d.day
            and r.day_number = d.day_number
    inner join ranked as g
        on
            g.day = d.day
            and g.day_number = d.day_number
            and g.growth_rank = 1
    where r.raised_count >= 3 and r.raised_count * 2 >= r.active_count
),

-- All of the day's cost, asked for last: such days are few, and what answers cost is a small part of all rows.
costs as (
    select
        any_value(r.billing_period) as billing_period,
        r.day,
        any_value(r.team_id) as team_id,
        any_value(r.provider) as provider,
        any_value(r.connection_id) as connection_id,
        any_value(r.billing_currency) as billing_currency,
        any_value(r.grown_model) as grown_model,
        any_value(r.active_count) as active_count,
        any_value(r.raised_count) as raised_count,
        any_value(r.mix_index) as mix_index,
        any_value(r.output_tokens) as output_tokens,
        any_value(r.output_list_cost) as output_list_cost,
        any_value(r.before_tokens) as before_tokens,
        any_value(r.before_list_cost) as before_list_cost,
        cast(sum(a.allocated_cost) as decimal(28,10)) as allocated_cost
    from raised as r
    inner join allocated_cost as a
        on
            a.billing_period = r.billing_period
            and a.day = r.day
            and a.team_id = r.team_id
            and a.provider = r.provider
            and a.connection_id = r.connection_id
            and a.billing_currency = r.billing_currency
    where a.model is not null
    group by r.day, r.day_number
),

-- What the day would have cost at the mix before.
usual as (
    select
        c.*,
        round(
            cast(c.allocated_cost as double) * cast(c.before_list_cost as double) * cast(c.output_tokens as double)
            / nullif(
                cast(cast(c.before_tokens as double) * cast(c.output_list_cost as double) as double), cast(0 as double)
            ),
            6
        ) as cost_at_mix_before
    from costs as c
)

select
    billing_period,
    day,
    'team' as scope_kind,
    team_id as scope_id,
    team_id,
    provider,
    connection_id,
    billing_currency,
    grown_model,
    cast(active_count as bigint) as active_count,
    cast(raised_count as bigint) as raised_count,
    cast(mix_index as decimal(28,6)) as mix_index,
    allocated_cost,
    cast(allocated_cost - cast(cost_at_mix_before as decimal(28,10)) as decimal(28,10)) as mix_cost
from usual
