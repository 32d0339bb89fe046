-- One row per day, account, service and team of all spend, cloud and AI (by category, basis and currency): each dollar once, by the door of who bills it. What a contract says AWS bills is 0 in its vendor's ledger, and in the AWS bill.
with ledger as (
    select
        a.billing_period,
        a.day,
        'ledger' as door,
        a.provider,
        cast(null as varchar) as biller,
        a.connection_id as billing_account_id,
        coalesce(a.workspace_id, a.connection_id) as account_id,
        case
            when a.provider = 'anthropic' then 'Claude API'
            when a.provider = 'openai' then 'OpenAI API'
            when a.provider = 'cursor' then 'Cursor'
            when a.provider = 'copilot' then 'GitHub Copilot'
            when a.provider = 'chatgpt' then 'ChatGPT Enterprise'
            when a.provider = 'devin' then 'Devin'
            when a.provider = 'openrouter' then 'OpenRouter'
            when a.provider = 'litellm' then 'LiteLLM'
            else a.provider
        end as service_name,
        'AI and Machine Learning' as service_category,
        'Generative AI' as service_subcategory,
        cast(null as varchar) as region_id,
        a.charge_category,
        'yes' as is_ai,
        a.team_id,
        a.cost_center,
        a.basis,
        a.reason,
        a.rule_id,
        a.status,
        a.billing_currency,
        a.list_cost,
        a.billed_cost,
        a.allocated_cost as effective_cost
    from allocated_cost as a
),

cloud as (
    select
        b.billing_period,
        b.day,
        'aws_bill' as door,
        'aws' as provider,
        b.biller,
        b.payer_account_id as billing_account_id,
        b.account_id,
        b.service_name,
        b.service_category,
        b.service_subcategory,
        b.region_id,
        b.charge_category,
        case when b.ai_product is not null then 'yes' else 'no' end as is_ai,
        o.team_id,
        coalesce(b.cost_center_tag, o.cost_center, t.cost_center) as cost_center,
        o.basis,
        o.reason,
        o.rule_id,
        'billed' as status,
        b.billing_currency,
        case
            when o.share_from = 0 and o.share_to = 1 then b.list_cost
            else cast(
                cast(cast(b.list_cost as decimal(20,10)) * o.share_to as decimal(28,10))
                - cast(cast(b.list_cost as decimal(20,10)) * o.share_from as decimal(28,10)) as decimal(28,10)
            )
        end as list_cost,
        case
            when o.share_from = 0 and o.share_to = 1 then b.billed_cost
            else cast(
                cast(cast(b.billed_cost as decimal(20,10)) * o.share_to as decimal(28,10))
                - cast(cast(b.billed_cost as decimal(20,10)) * o.share_from as decimal(28,10)) as decimal(28,10)
            )
        end as billed_cost,
        case
            when o.share_from = 0 and o.share_to = 1 then b.effective_cost
            else cast(
                cast(cast(b.effective_cost as decimal(20,10)) * o.share_to as decimal(28,10))
                - cast(cast(b.effective_cost as decimal(20,10)) * o.share_from as decimal(28,10)) as decimal(28,10)
            )
        end as effective_cost
    from cloud_bill_daily as b
    inner join cloud_bill_owners as o
        on
            o.billing_period = b.billing_period
            and o.day = b.day
            and o.account_id = b.account_id
            and o.principal_id = coalesce(b.principal_id, '')
            and o.team_tag = coalesce(b.team_tag, '')
            and o.principal_team_tag = coalesce(b.principal_team_tag, '')
            and o.account_team_tag = coalesce(b.account_team_tag, '')
    left join teams as t
        on t.team_id = o.team_id
),

doors as (
    select * from ledger
    union all
    select * from cloud
)

select
    billing_period,
    day,
    door,
    provider,
    biller,
    billing_account_id,
    account_id,
    service_name,
    service_category,
    service_subcategory,
    region_id,
    charge_category,
    is_ai,
    team_id,
    cost_center,
    basis,
    reason,
    rule_id,
    status,
    billing_currency,
    cast(sum(list_cost) as decimal(28,10)) as list_cost,
    cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
    cast(sum(effective_cost) as decimal(28,10)) as effective_cost
from doors
group by
    billing_period,
    day,
    door,
    provider,
    biller,
    billing_account_id,
    account_id,
    service_name,
    service_category,
    service_subcategory,
    region_id,
    charge_category,
    is_ai,
    team_id,
    cost_center,
    basis,
    reason,
    rule_id,
    status,
    billing_currency
