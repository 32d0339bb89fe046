-- One row per day and combination of what rules look at that a rule matches, with the first such rule. Nothing told is an empty text.
with combinations as (
    select distinct
        billing_period,
        day,
        provider,
        connection_id,
        coalesce(workspace_id, '') as workspace_id,
        coalesce(credential_id, '') as credential_id,
        coalesce(principal_id, '') as principal_id,
        coalesce(model, '') as model
    from charges
),

heads as (
    select distinct
        priority,
        provider,
        connection_id,
        workspace_id,
        credential_id,
        principal_id,
        model,
        valid_from,
        valid_to
    from rules
)

select
    c.billing_period,
    c.day,
    c.provider,
    c.connection_id,
    c.workspace_id,
    c.credential_id,
    c.principal_id,
    c.model,
    min(h.priority) as priority
from combinations as c
inner join heads as h
    on
        c.day >= h.valid_from
        and c.day < h.valid_to
        and (h.provider is null or h.provider = c.provider)
        and (h.connection_id is null or h.connection_id = c.connection_id)
        and (h.workspace_id is null or h.workspace_id = c.workspace_id)
        and (h.credential_id is null or h.credential_id = c.credential_id)
        and (h.principal_id is null or h.principal_id = c.principal_id)
        and (h.model is null or h.model = c.model)
group by
    c.billing_period,
    c.day,
    c.provider,
    c.connection_id,
    c.workspace_id,
    c.credential_id,
    c.principal_id,
    c.model
