-- One row per day, splitting rule and team that it gives to on that day: what the team weighs by fixed share or by heads; null where the rule splits by usage, which each bill knows for itself.
with heads as (
    select
        c.month as billing_period,
        c.day,
        p.team_id,
        count(*) as head_count
    from calendar as c
    inner join people as p
        on
            c.day >= p.valid_from
            and c.day < p.valid_to
            and (p.left_on is null or c.day < p.left_on)
    group by c.month, c.day, p.team_id
)

select
    c.month as billing_period,
    c.day,
    r.rule_id,
    r.provider,
    r.team_id,
    r.method,
    case
        when r.method = 'fixed' then cast(r.share as decimal(28,10))
        when r.method = 'headcount' then cast(h.head_count as decimal(28,10))
    end as weight
from calendar as c
inner join rules as r
    on
        c.day >= r.valid_from
        and c.day < r.valid_to
left join heads as h
    on
        h.billing_period = c.month
        and h.day = c.day
        and h.team_id = r.team_id
where r.method <> 'assign' and r.team_id is not null
