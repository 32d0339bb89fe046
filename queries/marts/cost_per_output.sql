-- One row per team, week (its Monday), kind of work and currency. Low is what is direct or derived over all the team's work, matched or not; the point adds what rules share; high adds a pro-rata part of what nobody owns. Null, with the reason, where nothing was finished.
with spent as (
    select
        team_id,
        cast(date_trunc('week', day) as date) as week,
        billing_currency,
        cast(coalesce(sum(case when basis = 'direct' then allocated_cost end), 0) as decimal(28,10)) as direct_cost,
        cast(coalesce(sum(case when basis = 'derived' then allocated_cost end), 0) as decimal(28,10)) as derived_cost,
        cast(coalesce(sum(case when basis = 'shared' then allocated_cost end), 0) as decimal(28,10)) as shared_cost,
        cast(
            coalesce(sum(case when basis = 'unattributed' then allocated_cost end), 0) as decimal(28,10)
        ) as nobody_cost
    from allocated_cost
    where basis <> 'covered'
    group by team_id, cast(date_trunc('week', day) as date), billing_currency
),

-- What nobody owns goes to teams as what they own does.
weeks_spent as (
    select
        s.team_id,
        s.week,
        s.billing_currency,
        s.direct_cost,
        s.derived_cost,
        s.shared_cost,
        s.direct_cost + s.derived_cost + s.shared_cost as owned_cost,
        sum(s.direct_cost + s.derived_cost + s.shared_cost) over (
            partition by s.week, s.billing_currency
        ) as all_owned_cost,
        sum(s.nobody_cost) over (partition by s.week, s.billing_currency) as all_nobody_cost
    from spent as s
),

team_spend as (
    select
        team_id,
        week,
        billing_currency,
        direct_cost,
        derived_cost,
        shared_cost,
        cast(owned_cost as decimal(28,10)) as owned_cost,
        cast(
            cast(all_nobody_cost as decimal(24,10))
            * cast(
                coalesce(
                    round(cast(owned_cost as double) / nullif(cast(all_owned_cost as double), cast(0 as double)), 10),
                    cast(0 as double)
                ) as decimal(14,10)
            ) as decimal(28,10)
        ) as nobody_part
    from weeks_spent
    where team_id is not null
),

work as (
    select
        o.team_id,
        cast(date_trunc('week', o.day) as date) as week,
        o.kind,
        count(*) as output_count,
        count_if(p.person_id is not null) as matched_count
    from engineering_outputs as o
    left join (
        select distinct
            person_id,
            cast(date_trunc('week', day) as date) as week
        from allocated_cost
        -- Use, also inside a seat or a pool; who only holds a seat has used nothing.
        where
            person_id is not null
            and charge_category = 'Usage'
            and ((basis in ('direct', 'derived') and allocated_cost > 0) or (basis = 'covered' and quantity > 0))
    ) as p
        on
            p.person_id = o.person_id
            and p.week = cast(date_trunc('week', o.day) as date)
    where o.is_counted = 'yes' and o.team_id is not null
    group by o.team_id, cast(date_trunc('week', o.day) as date), o.kind
),

kinds as (
    select distinct kind
    from work
),

team_weeks as (
    select
        t.team_id,
        t.week,
        t.billing_currency,
        k.kind,
        t.direct_cost,
        t.derived_cost,
        t.shared_cost,
        t.owned_cost,
        t.nobody_part
    from team_spend as t
    cross join kinds as k
),

joined as (
    select
        coalesce(t.team_id, w.team_id) as team_id,
        coalesce(t.week, w.week) as week,
        coalesce(t.billing_currency, 'USD') as billing_currency,
        coalesce(t.kind, w.kind) as kind,
        coalesce(t.direct_cost, cast(0 as decimal(28,10))) as direct_cost,
        coalesce(t.derived_cost, cast(0 as decimal(28,10))) as derived_cost,
        coalesce(t.shared_cost, cast(0 as decimal(28,10))) as shared_cost,
        coalesce(t.owned_cost, cast(0 as decimal(28,10))) as owned_cost,
        coalesce(t.nobody_part, cast(0 as decimal(28,10))) as nobody_part,
        coalesce(w.output_count, 0) as output_count,
        coalesce(w.matched_count, 0) as matched_count
    from team_weeks as t
    full join work as w
        on
            w.team_id = t.team_id
            and w.week = t.week
            and w.kind = t.kind
),

summed as (
    select
        j.*,
        cast(j.direct_cost + j.derived_cost as decimal(28,10)) as low_cost,
        cast(j.owned_cost + j.nobody_part as decimal(28,10)) as high_cost,
        sum(j.owned_cost) over four_weeks as trend_cost,
        sum(j.output_count) over four_weeks as trend_count
    from joined as j
    window four_weeks as (
        partition by j.team_id, j.kind, j.billing_currency
        order by j.week
        range between interval '21' day preceding and current row
    )
),

rated as (
    select
        s.*,
        cast(round(cast(s.owned_cost as double) / nullif(cast(s.output_count as double), cast(0 as double)), 6) as decimal(28,6)) as cost_per_output,
        cast(round(cast(s.low_cost as double) / nullif(cast(s.output_count as double), cast(0 as double)), 6) as decimal(28,6)) as low_cost_per_output,
        cast(round(cast(s.high_cost as double) / nullif(cast(s.output_count as double), cast(0 as double)), 6) as decimal(28,6)) as high_cost_per_output,
        cast(round(cast(s.trend_cost as double) / nullif(cast(s.trend_count as double), cast(0 as double)), 6) as decimal(28,6)) as trend_cost_per_output,
        cast(round(cast(s.direct_cost as double) / nullif(cast(s.owned_cost as double), cast(0 as double)), 10) as decimal(28,10)) as direct_share,
        cast(round(cast(s.derived_cost as double) / nullif(cast(s.owned_cost as double), cast(0 as double)), 10) as decimal(28,10)) as derived_share,
        cast(round(cast(s.shared_cost as double) / nullif(cast(s.owned_cost as double), cast(0 as double)), 10) as decimal(28,10)) as shared_share,
        cast(round(cast(s.low_cost as double) / nullif(cast(s.high_cost as double), cast(0 as double)), 10) as decimal(28,10)) as certain_cost_share,
        cast(round(cast(s.matched_count as double) / nullif(cast(s.output_count as double), cast(0 as double)), 10) as decimal(28,10)) as certain_work_share
    from summed as s
)

select
    r.team_id,
    r.week,
    r.kind,
    r.billing_currency,
    r.owned_cost as allocated_cost,
    r.low_cost,
    r.high_cost,
    cast(r.output_count as bigint) as output_count,
    cast(r.matched_count as bigint) as matched_count,
    r.cost_per_output,
    r.low_cost_per_output,
    r.high_cost_per_output,
    case
        when r.output_count > 0 then cast(null as varchar)
        when r.kind = 'pr_merged' then 'no merged PR'
        when r.kind = 'issue_completed' then 'no completed ticket'
        when r.kind = 'deploy_succeeded' then 'no successful deploy'
        else 'no CI run'
    end as reason,
    r.trend_cost_per_output,
    r.direct_share,
    r.derived_share,
    r.shared_share,
    -- Of cost and of work, the part that certainly belongs together: the smaller of both.
    least(
        coalesce(r.certain_cost_share, r.certain_work_share),
        coalesce(r.certain_work_share, r.certain_cost_share)
    ) as coverage,
    coalesce(w.is_complete, 'no') as is_complete
from rated as r
left join whole_weeks as w
    on w.week = r.week
