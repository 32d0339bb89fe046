-- One row per team, week (its Monday), vendor and model: how much of what is read comes from the cache, the share of the four weeks before, and what falling below it cost at list price.
with read_in as (
    select
        a.team_id,
        cast(date_trunc('week', a.day) as date) as week,
        a.provider,
        a.model,
        cast(coalesce(sum(case when m.token_cache_action = 'Read' then a.quantity end), 0) as decimal(28,6)) as read_tokens,
        cast(coalesce(sum(case when m.token_cache_action = 'Write' then a.quantity end), 0) as decimal(28,6)) as write_tokens,
        cast(
            coalesce(sum(case when m.token_cache_action = 'Uncached' then a.quantity end), 0) as decimal(28,6)
        ) as input_tokens
    from allocated_cost as a
    inner join meters as m
        on m.meter = a.meter
    where a.team_id is not null and a.model is not null and m.token_direction = 'Input'
    group by a.team_id, cast(date_trunc('week', a.day) as date), a.provider, a.model
),

-- What a token costs when it is not in the cache, and when it is.
unit_costs as (
    select
        cast(date_trunc('week', u.day) as date) as week,
        u.provider,
        u.model,
        max(case when u.meter = 'input_tokens' then u.unit_price end) as input_price,
        max(case when u.meter = 'cache_read_tokens' then u.unit_price end) as read_price
    from priced_usage as u
    where
        u.meter in ('input_tokens', 'cache_read_tokens')
        and u.model is not null
        and u.service_tier = 'standard'
        and u.context_window = 'base'
    group by cast(date_trunc('week', u.day) as date), u.provider, u.model
),

compared as (
    select
        r.*,
        r.read_tokens + r.write_tokens + r.input_tokens as all_tokens,
        sum(r.read_tokens) over before as before_read_tokens,
        sum(r.read_tokens + r.write_tokens + r.input_tokens) over before as before_tokens
    from read_in as r
    window before as (
        partition by r.team_id, r.provider, r.model
        order by r.week
        range between interval '28' day preceding and interval '7' day preceding
    )
),

shares as (
    select
        c.*,
        round(cast(c.read_tokens as double) / nullif(cast(c.all_tokens as double), cast(0 as double)), 10) as read_ratio,
        round(
            cast(c.before_read_tokens as double) / nullif(cast(c.before_tokens as double), cast(0 as double)), 10
        ) as before_ratio
    from compared as c
)

select
    s.team_id,
    s.week,
    s.provider,
    s.model,
    s.read_tokens,
    s.write_tokens,
    s.input_tokens,
    cast(s.read_ratio as decimal(28,10)) as read_share,
    cast(s.before_ratio as decimal(28,10)) as baseline_share,
    cast(
        round(
            case
                when s.before_ratio > s.read_ratio then s.before_ratio - s.read_ratio
                when s.before_ratio is not null and s.read_ratio is not null then cast(0 as double)
            end
            * cast(s.all_tokens as double)
            * (cast(u.input_price as double) - cast(u.read_price as double)),
            6
        ) as decimal(28,6)
    ) as waste_cost
from shares as s
left join unit_costs as u
    on
        u.week = s.week
        and u.provider = s.provider
        and u.model = s.model
