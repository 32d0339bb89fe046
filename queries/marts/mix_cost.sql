-- One row per day, team, vendor and connection at which half of the team's people (three or more) get dearer answers than in the weeks before: what that made of the day's cost, and the model that grew most.
with used as (
    select
        billing_period,
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        person_id,
        model,
        cast(sum(case when meter = 'output_tokens' then quantity end) as decimal(28,6)) as output_tokens,
        cast(sum(case when meter = 'output_tokens' then list_cost end) as decimal(28,10)) as output_list_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where team_id is not null and model is not null
    group by billing_period, day, team_id, provider, connection_id, billing_currency, person_id, model
),

-- Only what has a price and answered something: a list price per answer compares models whatever their caches do.
answered as (
    select *
    from used
    where output_tokens > 0 and output_list_cost > 0
),

person_days as (
    select
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        person_id,
        cast(sum(output_tokens) as decimal(28,6)) as output_tokens,
        cast(sum(output_list_cost) as decimal(28,10)) as output_list_cost
    from answered
    where person_id is not null
    group by day, team_id, provider, connection_id, billing_currency, person_id
),

-- The last days before are left out, so that a mix that has just moved is not its own measure.
person_compared as (
    select
        d.*,
        sum(d.output_tokens) over weeks_before as before_tokens,
        sum(d.output_list_cost) over weeks_before as before_list_cost
    from person_days as d
    window weeks_before as (
        partition by d.team_id, d.provider, d.connection_id, d.billing_currency, d.person_id
        order by d.day
        range between interval '23' day preceding and interval '4' day preceding
    )
),

raised_people as (
    select
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        count(*) as active_count,
        count_if(
            cast(output_list_cost as double) * cast(before_tokens as double)
            > 1.3e0 * cast(output_tokens as double) * cast(before_list_cost as double)
        ) as raised_count
    from person_compared
    group by day, team_id, provider, connection_id, billing_currency
),

model_days as (
    select
        billing_period,
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        model,
        cast(sum(output_tokens) as decimal(28,6)) as output_tokens,
        cast(sum(output_list_cost) as decimal(28,10)) as output_list_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from answered
    group by billing_period, day, team_id, provider, connection_id, billing_currency, model
),

model_compared as (
    select
        d.*,
        sum(d.output_tokens) over weeks_before as before_model_tokens
    from model_days as d
    window weeks_before as (
        partition by d.team_id, d.provider, d.connection_id, d.billing_currency, d.model
        order by d.day
        range between interval '23' day preceding and interval '4' day preceding
    )
),

team_days as (
    select
        billing_period,
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        cast(sum(output_tokens) as decimal(28,6)) as output_tokens,
        cast(sum(output_list_cost) as decimal(28,10)) as output_list_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from model_days
    group by billing_period, day, team_id, provider, connection_id, billing_currency
),

compared as (
    select
        d.*,
        sum(d.output_tokens) over three_days as recent_tokens,
        sum(d.output_list_cost) over three_days as recent_list_cost,
        sum(d.output_tokens) over weeks_before as before_tokens,
        sum(d.output_list_cost) over weeks_before as before_list_cost,
        count(*) over weeks_before as before_day_count
    from team_days as d
    window
        three_days as (
            partition by d.team_id, d.provider, d.connection_id, d.billing_currency
            order by d.day
            range between interval '2' day preceding and current row
        ),
        weeks_before as (
            partition by d.team_id, d.provider, d.connection_id, d.billing_currency
            order by d.day
            range between interval '23' day preceding and interval '4' day preceding
        )
),

indexed as (
    select
        c.*,
        p.active_count,
        p.raised_count,
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
        ) as recent_index,
        round(
            cast(c.allocated_cost as double) * cast(c.before_list_cost as double) * cast(c.output_tokens as double)
            / nullif(
                cast(cast(c.before_tokens as double) * cast(c.output_list_cost as double) as double), cast(0 as double)
            ),
            6
        ) as cost_at_mix_before
    from compared as c
    inner join raised_people as p
        on
            p.day = c.day
            and p.team_id = c.team_id
            and p.provider = c.provider
            and p.connection_id = c.connection_id
            and p.billing_currency = c.billing_currency
    where c.before_day_count >= 5 and p.raised_count >= 3 and p.raised_count * 2 >= p.active_count
),

shares as (
    select
        m.billing_period,
        m.day,
        m.team_id,
        m.provider,
        m.connection_id,
        m.billing_currency,
        m.model,
        i.active_count,
        i.raised_count,
        i.mix_index,
        i.cost_at_mix_before,
        i.allocated_cost,
        round(cast(m.output_tokens as double) / nullif(cast(i.output_tokens as double), cast(0 as double)), 6) as share,
        round(
            cast(coalesce(m.before_model_tokens, 0) as double)
            / nullif(cast(i.before_tokens as double), cast(0 as double)),
            6
        ) as before_share
    from model_compared as m
    inner join indexed as i
        on
            i.billing_period = m.billing_period
            and i.day = m.day
            and i.team_id = m.team_id
            and i.provider = m.provider
            and i.connection_id = m.connection_id
            and i.billing_currency = m.billing_currency
    -- The day alone may be one session; the days together may still hold the last dear one.
    where i.mix_index > 1.3e0 and i.recent_index > 1.3e0
),

ranked as (
    select
        s.*,
        row_number() over (
            partition by s.billing_period, s.day, s.team_id, s.provider, s.connection_id, s.billing_currency
            order by s.share - s.before_share desc, s.model
        ) as growth_rank
    from shares as s
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
    model as grown_model,
    active_count,
    raised_count,
    cast(mix_index as decimal(28,6)) as mix_index,
    allocated_cost,
    cast(allocated_cost - cast(cost_at_mix_before as decimal(28,10)) as decimal(28,10)) as mix_cost
from ranked
where growth_rank = 1
