import { oneOf } from './expressions.ts';

/** Meters of Bedrock that count tokens, in whatever block the bill counts them. */
const TOKENS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'embedding_tokens',
  'speech_tokens',
];

/**
 * What a usage type counts: the first text it contains decides, in this order. Caches come before `input`, since
 * `cache-read-input-token-count` contains it, as does everything reserved.
 */
const METERS: readonly (readonly [meter: string, ...contained: readonly (string | readonly [string, string])[]])[] = [
  ['provisioned_model_units', 'modelunits', 'model-units', 'provisionedthroughput'],
  ['custom_model_units', 'custommodel', 'custom-model'],
  ['customization_storage', ['customization', 'storage']],
  ['customization_training', 'customization', 'rft'],
  ['reserved_input_tokens', ['reserved', 'input']],
  ['reserved_output_tokens', ['reserved', 'output']],
  ['guardrail_units', 'guardrail'],
  ['evaluations', 'evaluation'],
  ['flow_transitions', 'invokeflow', 'bedrockflows'],
  ['prompt_optimization_tokens', 'optimizeprompt'],
  ['prompt_routing_requests', 'prompt-routing', 'promptrouting'],
  ['web_search_requests', 'nova-grounding'],
  ['structured_data_requests', 'generatesql', 'structuredretrieve'],
  ['search_units', 'search_units', 'search-units', 'searchunits'],
  ['data_automation_units', 'dataautomation'],
  ['video_seconds', 'video', 'novareel', 'i2v', 't2v'],
  ['images', 'novacanvas', 'imagegenerator', 'created_image', 'created-image'],
  ['speech_tokens', 'sonic'],
  ['embedding_tokens', 'embed'],
  ['agent_runtime_hours', ['runtime', 'vcpu'], ['runtime', 'memory'], 'codeinterpreter', 'browsertool'],
  ['agent_gateway_requests', 'gateway'],
  ['agent_memory_records', 'memory'],
  ['cache_read_tokens', 'cacheread', 'cache-read', 'cache_read'],
  ['cache_write_1h_tokens', ['cache', '1h']],
  ['cache_write_5m_tokens', 'cachewrite', 'cache-write', 'cache_write'],
  ['input_tokens', 'input'],
  ['output_tokens', 'output'],
];

/** How requests were served: the first text that a usage type contains. */
const TIERS: readonly (readonly [tier: string, contained: string])[] = [
  ['provisioned', 'provisionedthroughput'],
  ['reserved', 'reserved'],
  ['batch', 'batch'],
  ['flex', '-flex'],
  ['priority', '-priority'],
  ['latency_optimized', 'latency-optimized'],
];

/** Billing names that are no Claude model, and the id they stand for; what is not here is itself, and said to be unknown. */
const MODELS: Readonly<Record<string, string>> = {
  'gpt-oss-120b': 'gpt-oss-120b',
  'gpt-oss-20b': 'gpt-oss-20b',
  novamicro: 'amazon.nova-micro-v1:0',
  novalite: 'amazon.nova-lite-v1:0',
  novapro: 'amazon.nova-pro-v1:0',
  novapremier: 'amazon.nova-premier-v1:0',
  'nova2.0lite': 'amazon.nova-2-lite-v1:0',
  'nova2.0pro': 'amazon.nova-2-pro-v1:0',
  'titanembeddingv2-text': 'amazon.titan-embed-text-v2:0',
};

const contains = (texts: string | readonly [string, string]): string =>
  [texts]
    .flat()
    .map((text) => `strpos(ai_usage, '${text}') > 0`)
    .join(' and ');

/**
 * Rows of `aiKinds`, or sums of them, with what AWS's words for AI mean.
 * @param kept columns that pass as they are
 */
export function aiWords(rows: string, kept: readonly string[]): string {
  const meters = `select
    k.*,
    case
        when ai_product = 'claude_platform' then 'consumption_units'
        when ai_product = 'bedrock' then case
${METERS.map(([meter, ...texts]) => `            when ${texts.map(contains).join(' or ')} then '${meter}'`).join('\n')}
            else nullif(ai_usage, '')
        end
    end as meter,
    -- The billing name of the model: without the region before it and the tokens behind it.
    case
        when ai_product = 'bedrock' and biller = 'AWS Marketplace'
            then replace(nullif(regexp_extract(lower(service_name), '^(.+?) *[(]', 1), ''), ' ', '-')
        when ai_product = 'bedrock'
            then nullif(
                regexp_extract(
                    ai_usage,
                    '^(?:[a-z]{2,4}[0-9]{1,2}-)?(?:(?:anthropic|openai|amazon|meta|mistral|cohere|deepseek|qwen|google)[.])?(.+?)-(?:mantle-|batch-|reserved-|latency-optimized-)*(?:input|output|cache)',
                    1
                ),
                ''
            )
    end as billing_name
from (\n${rows}\n) as k`;
  const counted = `select
    c.*,
    case when ${oneOf('meter', TOKENS)} then 'tokens' when meter is not null then 'other' end as counted
from (\n${meters}\n) as c`;
  const named = `select
    m.*,
    -- Claude4.6Sonnet, claude-sonnet-4.6 and claude-sonnet-4-6 are one model.
    case
        when billing_name is not null
            then nullif(regexp_extract(billing_name, '^claude-?([0-9][0-9.]*)-?[a-z]+$', 1), '')
    end as version_first,
    case
        when billing_name is not null
            then nullif(regexp_extract(billing_name, '^claude-?[0-9][0-9.]*-?([a-z]+)$', 1), '')
    end as family_last,
    case
        when billing_name is not null
            then nullif(regexp_extract(billing_name, '^(claude-[a-z]+-[0-9][0-9.-]*)$', 1), '')
    end as family_first
from (\n${counted}\n) as m`;
  return `select
${kept.map((name) => `    ${name}`).join(',\n')},
    ai_product,
    case
        when billing_name is not null then coalesce(
            'claude-' || family_last || '-' || replace(version_first, '.', '-'),
            replace(family_first, '.', '-'),
            case
${Object.entries(MODELS)
  .map(([name, id]) => `                when billing_name = '${name}' then '${id}'`)
  .join('\n')}
                else billing_name
            end
        )
    end as model,
    case
        when billing_name is null and counted = 'tokens' then 'no'
        when billing_name is null then null
        when coalesce(family_last, family_first) is not null or ${oneOf('billing_name', Object.keys(MODELS))} then 'yes'
        else 'no'
    end as model_known,
    meter,
    case
        when ai_product = 'bedrock' then case
${TIERS.map(([tier, text]) => `            when strpos(ai_usage, '${text}') > 0 then '${tier}'`).join('\n')}
            when meter = 'provisioned_model_units' then 'provisioned'
            else 'standard'
        end
    end as service_tier,
    case
        when ai_product is null then null
        when strpos(ai_usage, '-global') > 0 then 'global'
        else 'regional'
    end as region_scope,
    inference_profile_id,
    case when counted = 'tokens' then 'Tokens' else told_unit end as unit,
    case
        when ai_product is null or counted = 'other' or is_used = 'no' then null
        when counted is null or block is null then 'no'
        else 'yes'
    end as unit_known,
    case when counted = 'tokens' then token_quantity else used_quantity end as quantity
from (\n${named}\n) as n`;
}
