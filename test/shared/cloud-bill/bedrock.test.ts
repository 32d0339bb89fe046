import { describe, expect, it } from 'vitest';
import { adapted } from './bill-of.ts';

const bedrock = (line_item_usage_type: string, more: object = {}) => ({
  line_item_product_code: 'AmazonBedrock',
  line_item_usage_type,
  line_item_usage_amount: 2,
  line_item_unblended_cost: 1,
  pricing_unit: '1K tokens',
  ...more,
});
const meterOf = async (usageType: string) =>
  (
    await adapted(
      'cur2',
      [bedrock(usageType)],
      'select model, model_known, meter, service_tier, region_scope from stg_cloud_bill',
    )
  ).map(({ model, model_known, meter, service_tier, region_scope }) => [
    model,
    model_known,
    meter,
    service_tier,
    region_scope,
  ]);

describe('a usage type of Bedrock', () => {
  it.each([
    ['USE1-Claude4.6Sonnet-input-tokens', 'claude-sonnet-4-6', 'yes', 'input_tokens', 'standard', 'regional'],
    ['USE1-Claude4.6Sonnet-output-tokens', 'claude-sonnet-4-6', 'yes', 'output_tokens', 'standard', 'regional'],
    [
      'USE1-Claude4.6Sonnet-cache-read-input-token-count',
      'claude-sonnet-4-6',
      'yes',
      'cache_read_tokens',
      'standard',
      'regional',
    ],
    [
      'USE1-Claude4.6Sonnet-cache-write-input-token-count',
      'claude-sonnet-4-6',
      'yes',
      'cache_write_5m_tokens',
      'standard',
      'regional',
    ],
    [
      'USE1-Claude5Opus-cache-write-1h-input-token-count',
      'claude-opus-5',
      'yes',
      'cache_write_1h_tokens',
      'standard',
      'regional',
    ],
    [
      'USE1-Claude4.6Sonnet-output-tokens-cross-region-global',
      'claude-sonnet-4-6',
      'yes',
      'output_tokens',
      'standard',
      'global',
    ],
    [
      'USE1-Claude4.6Sonnet-cache-read-input-token-count-cross-region-global',
      'claude-sonnet-4-6',
      'yes',
      'cache_read_tokens',
      'standard',
      'global',
    ],
    ['USE1-Nova2.0Lite-input-tokens-flex', 'amazon.nova-2-lite-v1:0', 'yes', 'input_tokens', 'flex', 'regional'],
    ['USE1-NovaPro-cacheread-tokens', 'amazon.nova-pro-v1:0', 'yes', 'cache_read_tokens', 'standard', 'regional'],
    ['USE1-gpt-oss-120b-output-tokens-priority', 'gpt-oss-120b', 'yes', 'output_tokens', 'priority', 'regional'],
    [
      'USE1-openai.gpt-oss-120b-mantle-input-tokens-standard',
      'gpt-oss-120b',
      'yes',
      'input_tokens',
      'standard',
      'regional',
    ],
    [
      'USW2-anthropic.claude-opus-4-8-mantle-cache-write-tokens-standard',
      'claude-opus-4-8',
      'yes',
      'cache_write_5m_tokens',
      'standard',
      'regional',
    ],
    [
      'USW2-anthropic.claude-opus-4-8-mantle-output-tokens-global-standard',
      'claude-opus-4-8',
      'yes',
      'output_tokens',
      'standard',
      'global',
    ],
    ['EUC1-Claude4.6Sonnet-batch-input-tokens', 'claude-sonnet-4-6', 'yes', 'input_tokens', 'batch', 'regional'],
    ['EUC1-Claude4.6Sonnet-input-token-count', 'claude-sonnet-4-6', 'yes', 'input_tokens', 'standard', 'regional'],
    [
      'USE1-Claude4.6Sonnet-reserved-input-tokens',
      'claude-sonnet-4-6',
      'yes',
      'reserved_input_tokens',
      'reserved',
      'regional',
    ],
    ['USE1-SomethingNew-input-tokens', 'somethingnew', 'no', 'input_tokens', 'standard', 'regional'],
    ['USE1-Claude4.6Sonnet-ModelUnits-1mo', null, null, 'provisioned_model_units', 'provisioned', 'regional'],
    ['USE1-Guardrail-ContentPolicyUnits', null, null, 'guardrail_units', 'standard', 'regional'],
    [
      'USE1-TitanEmbeddingV2-Text-input-tokens',
      'amazon.titan-embed-text-v2:0',
      'yes',
      'embedding_tokens',
      'standard',
      'regional',
    ],
    ['USE1-AgentCore-Runtime-vCPU-Hours', null, null, 'agent_runtime_hours', 'standard', 'regional'],
    ['USE1-Something-else', null, null, 'use1-something-else', 'standard', 'regional'],
  ])('%s', async (usageType, ...expected) => {
    expect(await meterOf(usageType)).toEqual([expected]);
  });
});

describe('units of tokens', () => {
  it.each([
    ['1K tokens', '', '2000.000000', 'yes'],
    ['1M tokens', '', '2000000.000000', 'yes'],
    ['Million tokens', '', '2000000.000000', 'yes'],
    ['Units', 'AWS Marketplace|Claude|Million Input Tokens', '2000000.000000', 'yes'],
    ['Units', 'AWS Marketplace|Claude|Thousand Input Tokens', '2000.000000', 'yes'],
    ['Units', '', '2000000.000000', 'yes'],
    ['Tokens', '', '2.000000', 'yes'],
    ['Bundles', '', null, 'no'],
    ['', '', null, 'no'],
  ])(
    'a quantity in %s (%s) is of single tokens, an unknown unit is never guessed',
    async (pricing_unit, line_item_line_item_description, quantity, unit_known) => {
      const row = bedrock('USE1-Claude4.6Sonnet-input-tokens', { pricing_unit, line_item_line_item_description });
      expect(await adapted('cur2', [row], 'select quantity, unit_known from stg_cloud_bill')).toEqual([
        { quantity, unit_known },
      ]);
    },
  );

  it('leaves what are no tokens in their own unit', async () => {
    const row = bedrock('USE1-Guardrail-ContentPolicyUnits', { pricing_unit: 'TextUnits' });
    expect(await adapted('cur2', [row], 'select quantity, unit, unit_known from stg_cloud_bill')).toEqual([
      { quantity: '2.000000', unit: 'TextUnits', unit_known: null },
    ]);
  });
});

describe('AI in the bill', () => {
  const select = 'select ai_product, model, service_category, service_subcategory, quantity from stg_cloud_bill';

  it.each(['AmazonBedrock', 'AmazonBedrockService', 'AmazonBedrockFoundationModels', 'AmazonBedrockAgentCore'])(
    'is Bedrock by the product code %s',
    async (line_item_product_code) => {
      const row = bedrock('USE1-Claude4.6Sonnet-input-tokens', { line_item_product_code });
      expect(await adapted('cur2', [row], select)).toEqual([
        {
          ai_product: 'bedrock',
          model: 'claude-sonnet-4-6',
          service_category: 'AI and Machine Learning',
          service_subcategory: 'Generative AI',
          quantity: '2000.000000',
        },
      ]);
    },
  );

  it('is a third party’s model that the Marketplace sells under the name of Bedrock', async () => {
    const row = bedrock('USE1-MP:USE1_InputTokenCount-Units', {
      line_item_product_code: 'a1b2c3d4e5f6',
      bill_billing_entity: 'AWS Marketplace',
      product: { product_name: 'Claude Opus 4.8 (Amazon Bedrock Edition)' },
      pricing_unit: 'Units',
      line_item_line_item_description: 'AWS Marketplace software usage|us-east-1|Million Input Tokens',
    });
    expect(await adapted('cur2', [row], select)).toEqual([
      {
        ai_product: 'bedrock',
        model: 'claude-opus-4-8',
        service_category: 'AI and Machine Learning',
        service_subcategory: 'Generative AI',
        quantity: '2000000.000000',
      },
    ]);
  });

  it('is Claude Platform on AWS, in its consumption units', async () => {
    const row = {
      line_item_product_code: 'f6e5d4',
      bill_billing_entity: 'AWS Marketplace',
      product: { product_name: 'Claude Platform on AWS' },
      line_item_usage_type: 'MP:ClaudeConsumptionUnits-Units',
      line_item_usage_amount: 1200,
      line_item_unblended_cost: 12,
      pricing_unit: 'Units',
    };
    expect(await adapted('cur2', [row], 'select ai_product, meter, quantity, billed_cost from stg_cloud_bill')).toEqual(
      [
        {
          ai_product: 'claude_platform',
          meter: 'consumption_units',
          quantity: '1200.000000',
          billed_cost: '12.0000000000',
        },
      ],
    );
  });

  it('is not what merely has a similar name', async () => {
    const row = {
      line_item_product_code: 'AmazonEC2',
      product: { product_name: 'Bedrock of computing' },
      line_item_unblended_cost: 1,
    };
    expect(await adapted('cur2', [row], 'select ai_product, service_category from stg_cloud_bill')).toEqual([
      { ai_product: null, service_category: 'Compute' },
    ]);
  });
});

/** The recorded lines of one hour, as AWS delivers them. */
const RECORDED = [
  [
    'output-tokens-cross-region-global',
    611.204,
    9.16806,
    '',
    'user/BedrockAPIKey-234s',
    '611204.000000',
    'output_tokens',
  ],
  [
    'input-tokens',
    1943.21,
    6.412593,
    'application-inference-profile/abc123def456',
    'assumed-role/SupportBotRole/support-bot',
    '1943210.000000',
    'input_tokens',
  ],
  [
    'cache-read-input-token-count',
    8114.902,
    2.67791766,
    '',
    'assumed-role/SupportBotRole/support-bot',
    '8114902.000000',
    'cache_read_tokens',
  ],
  [
    'cache-write-input-token-count',
    402.118,
    1.65873675,
    '',
    'assumed-role/SupportBotRole/support-bot',
    '402118.000000',
    'cache_write_5m_tokens',
  ],
] as const;

it('all four kinds of tokens of a recorded hour, its profile and tags, and a credit', async () => {
  const rows = RECORDED.map(([what, amount, cost, resource, principal]) =>
    bedrock(`USE1-Claude4.6Sonnet-${what}`, {
      line_item_usage_amount: amount,
      line_item_unblended_cost: cost,
      line_item_resource_id: resource === '' ? '' : `arn:aws:bedrock:us-east-1:123456789012:${resource}`,
      line_item_iam_principal: `arn:aws:sts::123456789012:${principal}`,
      tags: resource !== '' ? { 'resourceTags/user_cost_center': 'CC-310', 'iamPrincipal/team': 'support-eng' } : {},
    }),
  );
  const credit = bedrock('USE1-Claude4.6Sonnet-input-tokens', {
    line_item_line_item_type: 'Credit',
    line_item_usage_amount: 0,
    line_item_unblended_cost: -2,
  });
  expect(
    await adapted(
      'cur2',
      [...rows, credit],
      'select charge_category, meter, quantity, inference_profile_id, principal_team_tag, cost_center_tag, billed_cost from stg_cloud_bill order by billed_cost desc',
    ),
  ).toEqual([
    ...RECORDED.map(([, , cost, resource, , quantity, meter]) => ({
      charge_category: 'Usage',
      meter,
      quantity,
      inference_profile_id: resource !== '' ? 'abc123def456' : null,
      principal_team_tag: resource !== '' ? 'support-eng' : null,
      cost_center_tag: resource !== '' ? 'CC-310' : null,
      billed_cost: cost.toFixed(10),
    })),
    {
      charge_category: 'Credit',
      meter: 'input_tokens',
      quantity: null,
      inference_profile_id: null,
      principal_team_tag: null,
      cost_center_tag: null,
      billed_cost: '-2.0000000000',
    },
  ]);
});
