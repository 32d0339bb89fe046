-- No row: what nobody owns says why, and what somebody owns has a team.
select
    connection_id || ' on ' || cast(day as varchar) || ' has ' || basis || ' cost of ' || coalesce(team_id, 'no team')
    || ' with ' || coalesce('the reason ' || reason, 'no reason') as says,
    billing_period,
    connection_id,
    day,
    team_id,
    basis,
    reason,
    allocated_cost
from allocated_cost
where
    (basis = 'unattributed' and (team_id is not null or reason is null))
    or (basis <> 'unattributed' and (team_id is null or reason is not null))
