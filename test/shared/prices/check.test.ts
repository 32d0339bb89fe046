import { describe, expect, it } from 'vitest';
import { checkBook } from '../../../shared/prices/check.ts';
import { overrideFile, type PriceRow } from '../../../shared/prices/price.ts';

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
const output = row({ meter: 'output_tokens', unit_price: '0.00001' });
const check = (rows: PriceRow[]) =>
  checkBook({ rows, ids: { acme: [...new Set(rows.map(({ model }) => model))] }, unpriced: [] });

it('minds nothing in a book that is right', () => {
  expect(check([row(), output])).toEqual([]);
});

describe('a wrong book', () => {
  it('overlaps', () => {
    const rows = [
      row({ valid_to: '2026-03-02' }),
      row({ unit_price: '0.000003', valid_from: '2026-03-01', origin: 'override' }),
      output,
    ];
    expect(check(rows)).toEqual([
      'shared/prices/acme.json: acme m input_tokens (standard standard global base, from 0001-01-01) at 0.000002 ends 2026-03-02 and overlaps the next; it must end 2026-03-01, where that begins',
    ]);
  });

  it('has a gap', () => {
    const rows = [
      row({ valid_to: '2026-03-01' }),
      row({ unit_price: '0.000003', valid_from: '2026-03-02', origin: 'override' }),
      output,
    ];
    expect(check(rows)).toEqual([
      'shared/prices/acme.json: acme m input_tokens (standard standard global base, from 0001-01-01) at 0.000002 ends 2026-03-01 and leaves a gap before the next; it must end 2026-03-02, where that begins',
    ]);
  });

  it('ends before it begins', () => {
    expect(check([row({ valid_from: '2026-03-02', valid_to: '2026-03-01' }), output])[0]).toContain(
      'ends 2026-03-01; it must end after it begins',
    );
  });

  it.each([
    [
      '0',
      null,
      [
        "shared/prices/acme.json: acme m input_tokens (standard standard global base, from 0001-01-01) is 0; give the price, or the note 'free' if the vendor says it is free",
      ],
    ],
    ['0', 'free', []],
    [
      '-0.000001',
      null,
      [
        'shared/prices/acme.json: acme m input_tokens (standard standard global base, from 0001-01-01) is -0.000001; a price is not negative',
      ],
    ],
  ])('is %s with the note %s', (unit_price, note, expected) => {
    expect(check([row({ unit_price, note }), output])).toEqual(expected);
  });

  it('has the price of a million where that of one belongs', () => {
    const rows = [
      row(),
      row({ service_tier: 'batch', unit_price: '1', origin: 'override' }),
      row({ service_tier: 'flex' }),
      output,
    ];
    expect(check(rows)).toEqual([
      'shared/prices/overrides.json: acme m input_tokens (batch standard global base, from 0001-01-01) is 1 per token, over 1000 times off its neighbours; is it the price of one token?',
    ]);
  });

  it('has a meter far below the other tokens of its model', () => {
    const rows = [row(), output, row({ meter: 'cache_read_tokens', unit_price: '0.000000001' })];
    expect(check(rows)).toEqual([
      'shared/prices/acme.json: acme m cache_read_tokens (standard standard global base, from 0001-01-01) is 0.000000001 per token, over 1000 times off its neighbours; is it the price of one token?',
    ]);
  });

  it('has a model that takes tokens and gives none back', () => {
    expect(check([row(), row({ model: 'text-embedding-9' })])).toEqual([
      'shared/prices/acme.json: acme m input_tokens (standard standard global base, from 0001-01-01) has an input price and no output_tokens price; give it one',
    ]);
  });

  it('lacks a listed model, or has one that is not listed', () => {
    expect(checkBook({ rows: [row(), output], ids: { acme: ['n'] }, unpriced: [] })).toEqual([
      'shared/prices/model-ids.json: acme n has no price; give it one in overrides.json, or a reason in unpriced.json',
      'shared/prices/model-ids.json: acme m has a price and is not listed; list it',
    ]);
  });

  it('prices what is explained as unpriced', () => {
    const unpriced = [
      { provider: 'acme', model: 'm', meter: 'output_tokens' as const, service_tier: null, reason: 'no list' },
    ];
    expect(checkBook({ rows: [row(), output], ids: { acme: ['m'] }, unpriced })).toEqual([
      'shared/prices/unpriced.json: acme m output_tokens has the price 0.00001; take the entry out',
    ]);
  });
});

it.each([
  ['0.0000010', true],
  ['1e-6', false],
  ['.5', false],
  ['-1', false],
  ['0.000000000000001', false],
])('takes %s as a price of a file: %s', (unit_price, taken) => {
  const price = {
    provider: 'acme',
    models: ['m'],
    meter: 'input_tokens',
    unit_price,
    page: 'https://acme.test',
    read_on: '2026-11-01',
    why: 'read there',
  };
  expect(overrideFile.safeParse({ prices: [price], spans: [], factors: [] }).success).toBe(taken);
});

it('refuses an override without the page it was read on', () => {
  const price = {
    provider: 'acme',
    models: ['m'],
    meter: 'input_tokens',
    unit_price: '0.1',
    read_on: '2026-11-01',
    why: 'read there',
  };
  expect(overrideFile.safeParse({ prices: [price], spans: [], factors: [] }).success).toBe(false);
});
