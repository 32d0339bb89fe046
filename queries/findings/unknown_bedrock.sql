-- One row per unit or model of Bedrock in the AWS bill that nobody here knows: tokens in an unknown unit are not counted, an unknown model stands under its billing name. Their cost counts all the same.
with unknown as (
    select
        case when b.unit_known = 'no' then 'unit' else 'model' end as kind,
        case when b.unit_known = 'no' then coalesce(b.unit, '') else coalesce(b.model, '') end as id,
        b.payer_account_id,
        b.meter,
        b.billing_currency,
        b.effective_cost,
        b.day
    from cloud_bill_daily as b
    where b.ai_product = 'bedrock' and (b.unit_known = 'no' or b.model_known = 'no')
)

select
    'Bedrock bills ' || meter || ' by the ' || kind || ' ' || case when id = '' then 'without a name' else id end
    || ', which is not known: ' || cast(cast(sum(effective_cost) as decimal(28,2)) as varchar) || ' ' || billing_currency
    || ' since ' || cast(min(day) as varchar) as says,
    kind,
    id,
    payer_account_id,
    meter,
    billing_currency,
    cast(sum(effective_cost) as decimal(28,10)) as effective_cost,
    min(day) as first_day,
    max(day) as last_day,
    'tell the maintainers, or add it to shared/cloud-bill/bedrock.ts' as next_step
from unknown
group by kind, id, payer_account_id, meter, billing_currency
