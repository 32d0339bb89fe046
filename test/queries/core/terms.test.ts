import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { asked, contract } from './contracts-world.ts';
import { charged, summed } from './ledger-lake.ts';

const line = (day: string, billed_cost: string, more: AnyRow = {}) => ({
  ...{ day, billed_cost, credential_id: 'key-a', charge_description: 'a line' },
  ...more,
});
const ours = (kind: string, more: AnyRow) => contract(kind, { provider: 'anthropic', ...more });

describe('money paid before', () => {
  it('as a commitment of a month is drawn down in order; what is beyond it is billed', async () => {
    expect(
      await summed(
        {
          collection_status: asked('anthropic.main'),
          contracts: [ours('commitment', { amount: '100' })],
          costs: [line('2026-11-10', '60'), line('2026-11-20', '60'), line('2026-11-21', '5')],
        },
        'day, charge_category, charge_frequency, reason, contract_id',
      ),
    ).toEqual([
      {
        ...{ day: '2026-11-01', charge_category: 'Purchase', charge_frequency: 'Recurring', reason: 'paid_ahead' },
        ...{ contract_id: 'commitment', billed: '100.0000000000', effective: '0.0000000000' },
      },
      ...(
        [
          ['2026-11-10', '0.0000000000', '60.0000000000'],
          ['2026-11-20', '20.0000000000', '60.0000000000'],
          ['2026-11-21', '5.0000000000', '5.0000000000'],
        ] as const
      ).map(([day, billed, effective]) => ({
        ...{ day, charge_category: 'Usage', charge_frequency: 'Usage-Based', reason: null },
        ...{ contract_id: 'commitment', billed, effective },
      })),
    ]);
  });

  it('and not used by the end of the month is spend of nobody', async () => {
    expect(
      await summed(
        {
          collection_status: asked('anthropic.main'),
          contracts: [ours('commitment', { amount: '100' })],
          costs: [line('2026-11-10', '60')],
        },
        'day, reason, basis',
      ),
    ).toEqual([
      {
        day: '2026-11-01',
        reason: 'paid_ahead',
        basis: 'unattributed',
        billed: '100.0000000000',
        effective: '0.0000000000',
      },
      { day: '2026-11-10', reason: null, basis: 'direct', billed: '0.0000000000', effective: '60.0000000000' },
      {
        day: '2026-11-30',
        reason: 'unused_commitment',
        basis: 'unattributed',
        billed: '0.0000000000',
        effective: '40.0000000000',
      },
    ]);
  });

  it('is not called unused in a month that was seen in part', async () => {
    expect(
      await summed(
        {
          collection_status: asked('anthropic.main').filter(({ day }) => String(day) >= '2026-11-10'),
          contracts: [ours('commitment', { amount: '100' })],
          costs: [line('2026-11-10', '60')],
        },
        'day, reason, basis',
      ),
    ).toEqual([
      { day: '2026-11-10', reason: null, basis: 'direct', billed: '0.0000000000', effective: '60.0000000000' },
    ]);
  });

  it('as a balance is billed when it is paid, and what is drawn from it is not billed again', async () => {
    expect(
      await summed(
        {
          collection_status: asked('anthropic.main'),
          contracts: [ours('prepaid', { term: 'once', amount: '500', valid_from: '2026-11-05' })],
          costs: [line('2026-11-03', '10'), line('2026-11-07', '20')],
        },
        'day, charge_category, charge_frequency',
      ),
    ).toEqual([
      {
        ...{ day: '2026-11-03', charge_category: 'Usage', charge_frequency: 'Usage-Based' },
        ...{ billed: '10.0000000000', effective: '10.0000000000' },
      },
      {
        ...{ day: '2026-11-05', charge_category: 'Purchase', charge_frequency: 'One-Time' },
        ...{ billed: '500.0000000000', effective: '0.0000000000' },
      },
      {
        ...{ day: '2026-11-07', charge_category: 'Usage', charge_frequency: 'Usage-Based' },
        ...{ billed: '0.0000000000', effective: '20.0000000000' },
      },
    ]);
  });
});

describe('a discount and a tax', () => {
  it('follow each line to whom it goes', async () => {
    expect(
      await summed(
        {
          collection_status: asked('anthropic.main'),
          contracts: [ours('discount', { rate: '0.1' }), ours('tax', { rate: '0.2' })],
          usage: [
            { credential_id: 'key-b', model: 'sonnet', meter: 'input_tokens', quantity: '3' },
            { credential_id: 'key-c', model: 'sonnet', meter: 'input_tokens', quantity: '1' },
          ],
          costs: [line('2026-11-24', '10'), line('2026-11-24', '8', { credential_id: null, model: 'sonnet' })],
        },
        'credential_id, charge_category',
      ),
    ).toEqual(
      [
        ['key-a', 'Credit', '-1.0000000000'],
        ['key-a', 'Tax', '1.8000000000'],
        ['key-a', 'Usage', '10.0000000000'],
        ['key-b', 'Credit', '-0.6000000000'],
        ['key-b', 'Tax', '1.0800000000'],
        ['key-b', 'Usage', '6.0000000000'],
        ['key-c', 'Credit', '-0.2000000000'],
        ['key-c', 'Tax', '0.3600000000'],
        ['key-c', 'Usage', '2.0000000000'],
      ].map(([credential_id, charge_category, cost]) => ({
        credential_id,
        charge_category,
        billed: cost,
        effective: cost,
      })),
    );
  });
});

describe('a biller of record', () => {
  const copies = [
    line('2026-11-24', '5', { list_cost: '6' }),
    line('2026-11-24', '7', { list_cost: '7', connection_id: 'anthropic.market' }),
  ];
  const used = {
    day: '2026-11-25',
    credential_id: 'key-a',
    model: 'sonnet',
    meter: 'input_tokens',
    quantity: '1000000',
  };

  it.each([
    ['elsewhere', 'aws_marketplace', ['0.0000000000', '0.0000000000', '0.0000000000']],
    ['another connection', 'anthropic.market', ['0.0000000000', '7.0000000000', '0.0000000000']],
  ])('who is %s leaves the copies their value and no money', async (_who, billed_through, costs) => {
    expect(
      await charged(
        { contracts: [ours('biller', { billed_through })], costs: copies, usage: [used] },
        'connection_id, list_cost, effective_cost',
      ),
    ).toEqual(
      [
        ['anthropic.main', '6.0000000000'],
        ['anthropic.market', '7.0000000000'],
        ['anthropic.main', '3.0000000000'],
      ].map(([connection_id, list_cost], at) => ({ connection_id, list_cost, effective_cost: costs[at] })),
    );
  });
});
