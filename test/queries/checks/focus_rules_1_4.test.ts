import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

const NO_SKU = "cast(null as varchar) as SkuPriceId, 'Credit' as ChargeCategory";

/** Each rule, and columns of every row that then do not keep it. */
const BROKEN: readonly (readonly [rule: string, columns: string])[] = [
  ['ServiceProviderName is not null and not empty', "'' as ServiceProviderName"],
  ['HostProviderName is not empty', "'' as HostProviderName"],
  ['InvoiceIssuerName is not null and not empty', 'cast(null as varchar) as InvoiceIssuerName'],
  ['unit prices are null when SkuPriceId is', `${NO_SKU}, cast(3 as decimal(28,14)) as ListUnitPrice`],
  ['SkuPriceDetails is null when SkuPriceId is', NO_SKU],
  [
    'usage and purchases have a SkuPriceId',
    'cast(null as varchar) as SkuPriceId, cast(null as map(varchar, varchar)) as SkuPriceDetails',
  ],
  ['what is allocated names its AllocatedMethodId', "'{}' as AllocatedMethodDetails"],
  ['AllocatedResourceName stands beside AllocatedResourceId', "'team' as AllocatedResourceName"],
  ['InvoiceDetailId stands beside InvoiceId', "'line 1' as InvoiceDetailId"],
  ['CommitmentDiscountName is null when CommitmentDiscountId is', "'Plan' as CommitmentDiscountName"],
  [
    'a purchase that covers other charges has an EffectiveCost of 0',
    "'Purchase' as ChargeCategory, 'plan' as CommitmentDiscountId",
  ],
  ['ResourceType is null exactly when ResourceId is', "'Key' as ResourceType"],
  ['CapacityReservationStatus is null when CapacityReservationId is', "'Used' as CapacityReservationStatus"],
  ['a tax has no SKU', "'Tax' as ChargeCategory"],
  ['PricingCurrency has three capital letters', "'usd' as PricingCurrency"],
  ['BilledCost and EffectiveCost sum to the ledger', 'cast(2 as decimal(28,10)) as BilledCost'],
];

const lake = () =>
  lakeOf({
    meters: METER_ROWS,
    prices: [{ provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' }],
    costs: [
      {
        ...{ charge_description: 'a', billed_cost: '3', list_cost: '3', contracted_cost: '3', quantity: '1000000' },
        ...{ credential_id: 'key', model: 'sonnet', meter: 'input_tokens' },
      },
    ],
  });
const focus = loadQueries().get('focus_1_4')?.sql ?? '';

it('every rule is broken once', () => {
  const text = readFileSync(new URL('../../../queries/checks/focus_rules_1_4.sql', import.meta.url), 'utf8');
  expect(BROKEN.filter(([rule]) => !text.includes(`'${rule}'`))).toEqual([]);
  expect(BROKEN.length).toBe((text.match(/\bthen '/g) ?? []).length + 1);
});

it.each(BROKEN)('says when it is not so that %s', async (rule, columns) => {
  const { rows, platform } = await lake();
  expect(await rows('select rule from focus_rules_1_4')).toEqual([]);
  await platform.warehouse.view('focus_1_4', `select * replace (${columns}) from (${focus})`);
  expect(await rows('select rule from focus_rules_1_4')).toContainEqual({ rule });
});

it('has the 65 columns of 1.4 in order, ours behind them, and the keys that say what kind of AI use it was', async () => {
  const { rows } = await lake();
  const columns = (await rows('select column_name from (describe focus_1_4)')).map(({ column_name }) => column_name);
  const spec = columns.slice(1, 66);
  expect(spec).toEqual(spec.toSorted());
  expect(spec.filter((name) => name?.startsWith('x_'))).toEqual([]);
  expect(columns.slice(66).filter((name) => !name?.startsWith('x_'))).toEqual([]);
  expect(columns).not.toContain('ProviderName');
  expect(
    await rows(
      'select ServiceProviderName, SkuPriceDetails, ConsumedQuantity, PricingQuantity, PricingUnit, x_CredentialId, x_PrincipalId, x_Basis from focus_1_4',
    ),
  ).toEqual([
    {
      ServiceProviderName: 'Anthropic',
      SkuPriceDetails:
        "{'x_ModelDeveloper': 'Anthropic', 'x_ModelId': 'sonnet', 'x_TokenDirection': 'Input', 'x_TokenCacheAction': 'Uncached'}",
      ConsumedQuantity: '1000000.000000',
      PricingQuantity: '1.000000000000',
      PricingUnit: '1000000 Tokens',
      x_CredentialId: 'key',
      x_PrincipalId: null,
      x_Basis: 'direct',
    },
  ]);
});
