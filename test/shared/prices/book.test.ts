import { expect, it } from 'vitest';
import { makeBook, overlaid } from '../../../shared/prices/book.ts';
import type { OverrideFile, PriceFile, PriceLine, PriceRow } from '../../../shared/prices/price.ts';

const none: OverrideFile = { prices: [], spans: [], factors: [] };
const source = { page: 'https://acme.test/pricing', read_on: '2026-11-01', why: 'read there' };

const file = (lines: PriceLine[]): PriceFile => ({
  provider: 'acme',
  origin: {
    package: 'prices',
    version: '1.0',
    file: 'prices.whl',
    sha256: '0'.repeat(64),
    pinned_on: '2026-11-01',
    license: 'MIT',
    assumption: 'none',
  },
  pages: [],
  prices: [{ rule: 'm', models: ['m'], lines }],
});

const row = (change: Partial<PriceRow> = {}): PriceRow => ({
  provider: 'acme',
  model: 'm',
  meter: 'input_tokens',
  service_tier: 'standard',
  speed: 'standard',
  region: 'global',
  context_window: 'base',
  unit_price: '0.000002',
  unit: 'token',
  valid_from: '0001-01-01',
  valid_to: '9999-12-31',
  origin: 'prices 1.0',
  note: null,
  ...change,
});

const input: PriceLine = { meter: 'input_tokens', unit_price: '0.000002' };

it('expands what a line leaves out to the base', () => {
  expect(makeBook([file([input])], none)).toEqual([row()]);
});

it('lets an override hold on its days and the import around them', () => {
  const override = {
    provider: 'acme',
    models: ['m'],
    ...input,
    unit_price: '0.000003',
    valid_from: '2026-03-01',
    valid_to: '2026-04-01',
    ...source,
  };
  expect(makeBook([file([input])], { ...none, prices: [override] })).toEqual([
    row({ valid_to: '2026-03-01' }),
    row({ unit_price: '0.000003', valid_from: '2026-03-01', valid_to: '2026-04-01', origin: 'override' }),
    row({ valid_from: '2026-04-01' }),
  ]);
});

it('cuts a model to the days it could be used on', () => {
  const lines = [input, { ...input, context_window: '200k-1M', unit_price: '0.000004' }];
  const span = { provider: 'acme', models: ['m'], context_window: '200k-1M', valid_to: '2026-05-01', ...source };
  expect(makeBook([file(lines)], { ...none, spans: [span] })).toEqual([
    row({ context_window: '200k-1M', unit_price: '0.000004', valid_to: '2026-05-01' }),
    row(),
  ]);
});

it('multiplies only where no price is said yet, days taken apart', () => {
  const lines = [
    { ...input, valid_to: '2026-03-01', note: 'tier_not_reported' },
    { ...input, unit_price: '0.000001', valid_from: '2026-03-01' },
    { ...input, service_tier: 'batch', unit_price: '0.0000004', valid_from: '2026-06-01' },
  ];
  const half = {
    provider: 'acme',
    from: { service_tier: 'standard' },
    to: { service_tier: 'batch' },
    factor: '0.5',
    note: 'half',
    ...source,
  };
  expect(makeBook([file(lines)], { ...none, factors: [half] })).toEqual([
    row({
      service_tier: 'batch',
      unit_price: '0.000001',
      valid_to: '2026-03-01',
      origin: 'override',
      note: 'tier_not_reported, half',
    }),
    row({
      service_tier: 'batch',
      unit_price: '0.0000005',
      valid_from: '2026-03-01',
      valid_to: '2026-06-01',
      origin: 'override',
      note: 'half',
    }),
    row({ service_tier: 'batch', unit_price: '0.0000004', valid_from: '2026-06-01' }),
    row({ valid_to: '2026-03-01', note: 'tier_not_reported' }),
    row({ unit_price: '0.000001', valid_from: '2026-03-01' }),
  ]);
});

it('multiplies multiples, in the order of the rules, and changes the unit with the meter', () => {
  const factors = [
    {
      provider: 'acme',
      from: { meter: 'input_tokens' as const },
      to: { meter: 'characters' as const },
      factor: '2',
      ...source,
    },
    { provider: 'acme', models: ['m'], from: { region: 'global' }, to: { region: 'us' }, factor: '1.1', ...source },
  ];
  expect(makeBook([file([input])], { ...none, factors })).toEqual([
    row({ meter: 'characters', unit: 'character', unit_price: '0.000004', origin: 'override' }),
    row({ meter: 'characters', unit: 'character', unit_price: '0.0000044', region: 'us', origin: 'override' }),
    row({ origin: 'prices 1.0' }),
    row({ unit_price: '0.0000022', region: 'us', origin: 'override' }),
  ]);
});

it('leaves other providers and models alone', () => {
  const factor = { provider: 'other', from: {}, to: { region: 'us' }, factor: '1.1', ...source };
  const unlisted = { provider: 'acme', models: ['n'], from: {}, to: { region: 'us' }, factor: '1.1', ...source };
  expect(makeBook([file([input])], { ...none, factors: [factor, unlisted] })).toEqual([row()]);
});

it('joins neighbours that say the same', () => {
  const lines = [
    { ...input, valid_to: '2026-03-01' },
    { ...input, valid_from: '2026-03-01' },
  ];
  expect(makeBook([file(lines)], none)).toEqual([row()]);
});

it("lays an operator's own prices over a book, for models it knows and models it does not", () => {
  const own = [
    row({ unit_price: '0.0000015', valid_from: '2026-06-01', origin: 'reference', note: 'contract' }),
    row({ model: 'own-model', unit_price: '0.000009', origin: 'reference' }),
  ];
  expect(overlaid([row()], own)).toEqual([
    row({ valid_to: '2026-06-01' }),
    row({ unit_price: '0.0000015', valid_from: '2026-06-01', origin: 'reference', note: 'contract' }),
    row({ model: 'own-model', unit_price: '0.000009', origin: 'reference' }),
  ]);
});
