/**
 * What of the rows of a bill is AI, told before rows are added up. Bedrock is found by product code, and by the
 * product's name where a third party's model is sold through the Marketplace; Claude Platform on AWS is billed there
 * in Claude Consumption Units. Most of a bill is no AI: its texts are not looked at.
 */
export function aiKinds(rows: string): string {
  const kinds = `select
    l.*,
    case
        when starts_with(service_code, 'AmazonBedrock') then 'bedrock'
        when biller = 'AWS Marketplace' and strpos(lower(service_name), 'bedrock') > 0 then 'bedrock'
        when
            biller = 'AWS Marketplace'
            and (
                strpos(lower(service_name), 'claude platform') > 0
                or strpos(lower(concat_ws(' ', pricing_unit, charge_description)), 'claude consumption unit') > 0
            )
            then 'claude_platform'
    end as ai_product
from (\n${rows}\n) as l`;
  const texts = `select
    t.*,
    case when ai_product is not null then lower(coalesce(usage_type, '')) end as ai_usage,
    case when ai_product is not null then pricing_unit end as ai_unit,
    case
        when ai_product is null then null
        when pricing_unit = 'Units'
            then lower(coalesce(nullif(split_part(charge_description, '|', 3), ''), pricing_unit))
        else lower(pricing_unit)
    end as unit_text,
    case when ai_product is null then null when usage_amount is null then 'no' else 'yes' end as is_used,
    case
        when ai_product = 'bedrock' and strpos(resource_id, ':application-inference-profile/') > 0
            then nullif(split_part(resource_id, ':application-inference-profile/', 2), '')
    end as inference_profile_id
from (\n${kinds}\n) as t`;
  return `select
    u.*,
    case
        when ai_product is null then null
        when strpos(unit_text, 'million') > 0 or strpos(unit_text, '1m ') > 0 then cast(1000000 as double)
        when strpos(unit_text, 'thousand') > 0 or strpos(unit_text, '1k ') > 0 or strpos(unit_text, '1000 ') > 0
            then cast(1000 as double)
        when pricing_unit = 'Units' then cast(1000000 as double)
        when unit_text in ('tokens', 'token') then cast(1 as double)
    end as block
from (\n${texts}\n) as u`;
}
