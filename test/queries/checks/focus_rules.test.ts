import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const line = (meter: string, quantity: string) => ({
  ...{ charge_description: 'a', billed_cost: '3', list_cost: '3', contracted_cost: '3', quantity },
  ...{ credential_id: 'key', model: 'sonnet', meter },
});

/** Each rule, and a column of every row that then does not keep it. */
const BROKEN: readonly (readonly [rule: string, column: string])[] = [
  ['BilledCost is not null', 'cast(null as decimal(28,10)) as BilledCost'],
  ['EffectiveCost is not null', 'cast(null as decimal(28,10)) as EffectiveCost'],
  ['ListCost is not null', 'cast(null as decimal(28,10)) as ListCost'],
  ['ContractedCost is not null', 'cast(null as decimal(28,10)) as ContractedCost'],
  ['BillingAccountId is not null and not empty', "'' as BillingAccountId"],
  ['BillingCurrency has three capital letters', "'usd' as BillingCurrency"],
  ['BillingPeriodEnd is after BillingPeriodStart', 'BillingPeriodStart as BillingPeriodEnd'],
  ['ChargePeriodEnd is after ChargePeriodStart', 'ChargePeriodStart as ChargePeriodEnd'],
  [
    'the charge period lies in the billing period unless the charge is a correction',
    "cast('2026-10-31' as timestamp) as ChargePeriodStart",
  ],
  ["ChargeCategory is one of FOCUS's", "'Seat' as ChargeCategory"],
  ['ChargeClass is Correction or null', "'Late' as ChargeClass"],
  ['ChargeDescription is not empty', "'' as ChargeDescription"],
  ["ChargeFrequency is one of FOCUS's", "'Daily' as ChargeFrequency"],
  ['a purchase is not Usage-Based', "'Purchase' as ChargeCategory"],
  ['ConsumedQuantity stands on usage alone', "'Credit' as ChargeCategory"],
  ['ConsumedUnit is null exactly when ConsumedQuantity is', 'cast(null as varchar) as ConsumedUnit'],
  ['PricingUnit is null exactly when PricingQuantity is', 'cast(null as decimal(38,12)) as PricingQuantity'],
  ['a tax has no PricingQuantity, unit prices or SKU', "'Tax' as ChargeCategory"],
  ['PricingCategory is null for a tax and not for usage or purchase', 'cast(null as varchar) as PricingCategory'],
  ['unit prices are not negative', 'cast(-1 as decimal(28,14)) as ContractedUnitPrice'],
  ['usage that covers nothing costs what is billed', 'cast(2 as decimal(28,10)) as EffectiveCost'],
  ['SkuId and SkuPriceId are told together', 'cast(null as varchar) as SkuPriceId'],
  ['SubAccountName and SubAccountType are null exactly when SubAccountId is', "'ws' as SubAccountId"],
  ['RegionName is null exactly when RegionId is', "'us' as RegionId"],
  ['ProviderName, PublisherName, InvoiceIssuerName are not empty', "'' as ProviderName"],
  ['ServiceSubcategory belongs to ServiceCategory', "'Databases' as ServiceCategory"],
  ['units are plural words, with a whole number before them at most', "'1M tokens' as PricingUnit"],
  ['what is told of a commitment is told with its CommitmentDiscountId', "'Spend' as CommitmentDiscountCategory"],
  ['CommitmentDiscountStatus stands on usage of a commitment alone', "'Used' as CommitmentDiscountStatus"],
  ['PricingCategory is Committed exactly where a commitment covers', "'Committed' as PricingCategory"],
  ['costs are unit price times PricingQuantity', 'cast(7 as decimal(28,14)) as ListUnitPrice'],
  ['SkuPriceId has one SkuId', "'one price' as SkuPriceId"],
  [
    'ServiceName has one ServiceCategory',
    "case when SkuMeter = 'Input Tokens' then 'Other' else 'AI and Machine Learning' end as ServiceCategory",
  ],
];

const focus = loadQueries().get('focus_1_2')?.sql ?? '';

it('every rule of FOCUS is broken once', () => {
  const text = readFileSync(new URL('../../../queries/checks/focus_rules.sql', import.meta.url), 'utf8');
  expect(BROKEN.filter(([rule]) => !text.replaceAll("''", "'").includes(`'${rule}'`))).toEqual([]);
  expect(BROKEN.length).toBe((text.match(/ as rule_\d+/g) ?? []).length + 3);
});

it.each(BROKEN)('says when it is not so that %s', async (rule, column) => {
  const lake = await lakeOf({
    meters: METER_ROWS,
    prices: [
      { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
      { provider: 'anthropic', model: 'sonnet', meter: 'output_tokens', unit_price: '0.000015' },
    ],
    costs: [line('input_tokens', '1000000'), line('output_tokens', '200000')],
  });
  expect(await lake.rows('select rule from focus_rules')).toEqual([]);
  await lake.platform.warehouse.view('focus_1_2', `select * replace (${column}) from (${focus})`);
  expect(await lake.rows('select rule from focus_rules')).toContainEqual({ rule });
});
