-- One row per day, team, vendor and connection whose mix of models is dearer than that of the weeks before: what the dearer mix made of the day's cost, and the model that grew most. Nothing below 1.3 times.
with used as (
    select
        billing_period,
        day,
        team_id,
        provider,
        connection_id,
        billing_currency,
        model,
        cast(sum(case when meter = 'output_tokens' then quantity end) as decimal(28,6)) as output_tokens,
        cast(sum(case when meter = 'output_tokens' then list_cost end) as decimal(28,10)) as output_list_cost,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost
    from allocated_cost
    where team_id is not null and model is not null
    group by billing_period, day, team_id, provider, connection_id, billing_currency, model
),

-- Only what has a price and answered something: a list price per answer compares models whatever their caches do.
answered as (
    select
        u.*,
        sum(u.output_tokens) over weeks_before as before_model_tokens
    from used as u
    where u.output_tokens > 0 and u.output_list_cost > 0
    window weeks_before as (
        partition by u.team_id, u.provider, u.connection_id, u.billing_currency, u.model
        order by u.day
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
    from answered
    group by billing_period, day, team_id, provider, connection_id, billing_currency
),

-- The last days before are left out, so that a mix that has just moved is not its own measure.
compared as (
    select
        d.*,
        sum(d.output_tokens) over weeks_before as before_tokens,
        sum(d.output_list_cost) over weeks_before as before_list_cost,
        count(*) over weeks_before as before_day_count
    from team_days as d
    window weeks_before as (
        partition by d.team_id, d.provider, d.connection_id, d.billing_currency
        order by d.day
        range between interval '23' day preceding and interval '4' day preceding
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
            cast(c.allocated_cost as double) * cast(c.before_list_cost as double) * cast(c.output_tokens as double)
            / nullif(
                cast(cast(c.before_tokens as double) * cast(c.output_list_cost as double) as double), cast(0 as double)
            ),
            6
        ) as cost_at_mix_before
    from compared as c
    where c.before_day_count >= 5
),

shares as (
    select
        a.billing_period,
        a.day,
        a.team_id,
        a.provider,
        a.connection_id,
        a.billing_currency,
        a.model,
        i.mix_index,
        i.cost_at_mix_before,
        i.allocated_cost,
        round(cast(a.output_tokens as double) / nullif(cast(i.output_tokens as double), cast(0 as double)), 6) as share,
        round(
            cast(coalesce(a.before_model_tokens, 0) as double)
            / nullif(cast(i.before_tokens as double), cast(0 as double)),
            6
        ) as before_share
    from answered as a
    inner join indexed as i
        on
            i.billing_period = a.billing_period
            and i.day = a.day
            and i.team_id = a.team_id
            and i.provider = a.provider
            and i.connection_id = a.connection_id
            and i.billing_currency = a.billing_currency
    where i.mix_index > 1.3e0
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
    cast(mix_index as decimal(28,6)) as mix_index,
    allocated_cost,
    cast(allocated_cost - cast(cost_at_mix_before as decimal(28,10)) as decimal(28,10)) as mix_cost
from ranked
where growth_rank = 1
