import { expect, it } from 'vitest';
import { mandatory, versionOf } from '../../../shared/focus/columns.ts';
import { judge } from '../../../shared/focus/judge.ts';
import { credit, ROW } from './files.ts';

const said = (more: Readonly<Record<string, string | null>>) =>
  judge('1.2')({ ...ROW, ...more }, 4).problems.map(({ column, rule, meant }) => [column, rule, meant]);

it('says nothing of rows that keep the spec', () => {
  expect(said({})).toEqual([]);
  expect(judge('1.2')(credit('-12.5'), 1).problems).toEqual([]);
});

it.each<[string, Readonly<Record<string, string | null>>, readonly [string, string, string | null | undefined]]>([
  ['a cost that is null', { EffectiveCost: null }, ['EffectiveCost', 'is empty (column may not be null)', undefined]],
  ['a cost that is blank', { EffectiveCost: ' ' }, ['EffectiveCost', 'is empty (column may not be null)', undefined]],
  ['an empty text for null', { InvoiceId: '' }, ['InvoiceId', 'no value is null, not an empty text', null]],
  ['thousands set apart', { EffectiveCost: '1,000' }, ['EffectiveCost', 'is no number', undefined]],
  ['eleven places', { EffectiveCost: '0.12345678905' }, ['EffectiveCost', 'has more than 10 places', '0.1234567891']],
  ['a plus', { EffectiveCost: '+3' }, ['EffectiveCost', 'is no plain number', '3']],
  [
    'a day alone',
    { ChargePeriodStart: '2026-11-24' },
    ['ChargePeriodStart', 'is no UTC instant such as 2026-11-24T00:00:00Z', '2026-11-24T00:00:00.000Z'],
  ],
  [
    'an offset',
    { ChargePeriodStart: '2026-11-24 01:00:00+01:00' },
    ['ChargePeriodStart', 'is no UTC instant such as 2026-11-24T00:00:00Z', '2026-11-24T00:00:00.000Z'],
  ],
  [
    'a month first, or a day',
    { ChargePeriodStart: '11/10/2026' },
    ['ChargePeriodStart', 'is no UTC instant such as 2026-11-24T00:00:00Z', undefined],
  ],
  [
    'other letters',
    { ChargeFrequency: 'Usage-based' },
    ['ChargeFrequency', 'is none of the allowed values', 'Usage-Based'],
  ],
  ['an unknown value', { PricingCategory: 'Spot' }, ['PricingCategory', 'is none of the allowed values', undefined]],
  ['small letters', { BillingCurrency: 'usd' }, ['BillingCurrency', 'is no ISO 4217 code', 'USD']],
  ['a currency that is none', { BillingCurrency: 'Credits' }, ['BillingCurrency', 'is no ISO 4217 code', undefined]],
  [
    'a billing period that ends at its start',
    { BillingPeriodEnd: '2026-11-01T00:00:00Z', ChargeClass: 'Correction' },
    ['BillingPeriodEnd', 'is not after its start', undefined],
  ],
  [
    'a charge period that ends at its start',
    { ChargePeriodEnd: '2026-11-24T00:00:00Z' },
    ['ChargePeriodEnd', 'is not after its start', undefined],
  ],
  [
    'a charge of another month',
    { ChargePeriodStart: '2026-10-31T00:00:00Z' },
    ['ChargePeriodStart', 'lies outside its billing period', undefined],
  ],
  [
    'a unit without quantity',
    { ConsumedQuantity: null },
    ['ConsumedUnit', 'stands exactly beside its quantity', undefined],
  ],
  ['a quantity without unit', { PricingUnit: null }, ['PricingUnit', 'stands exactly beside its quantity', undefined]],
  [
    'a cost that is not the product',
    { ListCost: '3.26' },
    ['ListCost', 'is not ListUnitPrice times PricingQuantity', undefined],
  ],
])('finds %s', (_what, more, problem) => {
  expect(said(more)).toEqual([problem]);
});

it.each<[string, Readonly<Record<string, string | null>>, string]>([
  [
    'a purchase by usage',
    { ChargeFrequency: 'Usage-Based', ChargeCategory: 'Purchase' },
    'a purchase is not Usage-Based',
  ],
  ['what was consumed by a credit', { ConsumedQuantity: '1', ConsumedUnit: 'Tokens' }, 'stands on usage alone'],
  ['a tax by quantity', { ChargeCategory: 'Tax', PricingQuantity: '1', PricingUnit: 'Units' }, 'a tax has none'],
  ['a price below zero', { ListUnitPrice: '-1' }, 'is negative'],
])('finds %s', (_what, more, rule) => {
  const problems = judge('1.2')(credit('1', more), 1).problems;
  expect(problems.map((problem) => problem.rule)).toEqual([rule]);
});

it('wants of 1.3 the new names of who sells, and the old ones still', () => {
  const named = { ...ROW, ServiceProviderName: 'Azure', HostProviderName: null };
  expect(judge('1.3')(named, 1).problems).toEqual([]);
  expect(judge('1.3')({ ...named, ServiceProviderName: null, PublisherName: null }, 1).problems).toMatchObject([
    { column: 'PublisherName', rule: 'is empty (column may not be null)' },
    { column: 'ServiceProviderName', rule: 'is empty (column may not be null)' },
  ]);
  expect(mandatory('1.3').filter((column) => !mandatory('1.2').includes(column))).toEqual([
    'ServiceProviderName',
    'HostProviderName',
  ]);
});

it('finds an id that means two things, in the row that says the second', () => {
  const judged = judge('1.2');
  judged(ROW, 1);
  expect(
    judged({ ...ROW, SkuId: 'sku-2', ServiceCategory: 'Other' }, 2).problems.map(({ row, rule }) => [row, rule]),
  ).toEqual([
    [2, 'has more than one SkuId'],
    [2, 'has more than one ServiceCategory'],
  ]);
});

it.each([
  [
    'a price of many places',
    { ListUnitPrice: '0.0000025', ContractedUnitPrice: null, PricingQuantity: '1300001', ListCost: '3.25' },
  ],
  ['a correction', { ListCost: '3.20', ChargeClass: 'Correction' }],
])('lets a cost be a product to the last place it tells: %s', (_what, more) => {
  expect(said(more)).toEqual([]);
});

it.each([
  [['BilledCost', 'ProviderName'], '1.0'],
  [['BilledCost', 'ProviderName', 'SkuMeter'], '1.2'],
  [['BilledCost', 'ProviderName', 'ServiceProviderName', 'SkuMeter'], '1.3'],
  [mandatory('1.3'), '1.3'],
  [mandatory('1.4'), '1.4'],
  [['billed_cost', 'provider_name'], null],
  [['BilledCost'], null],
])('tells the version by the columns: %j is %s', (columns, version) => {
  expect(versionOf(columns)).toBe(version);
});
