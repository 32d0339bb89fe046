import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { type Given, lakeOf } from '../lake.ts';
import { asked, contract, cursor, STANDING } from './contracts-world.ts';

async function charged(
  given: Given,
  columns = 'principal_id, meter, list_cost, billed_cost, effective_cost, basis, reason, status',
) {
  const lake = await lakeOf({ ...STANDING, ...given });
  const says = await Promise.all(
    ['totals_tie_out', 'spread_sums_to_ledger', 'ledger_has_every_line', 'focus_rules'].map((check) =>
      lake.rows(`select says from ${check}`),
    ),
  );
  expect(says.flat()).toEqual([]);
  return lake.rows(`select ${columns} from charges order by day, principal_id, meter, charge_category, list_cost`);
}
const events = (principal_id: string | null, claim: string, tokens: string, requests: string, cost: string | null) => [
  { ...cursor, principal_id, claim, model: 'sonnet', meter: 'input_tokens', quantity: tokens },
  { ...cursor, principal_id, claim, model: 'sonnet', meter: 'requests', quantity: requests, claimed_cost: cost },
];

describe('usage that is its own bill', () => {
  it('is billed by its claim, covered at its value without money, and neither where it is free or a copy', async () => {
    expect(
      await charged({
        collection_status: asked('cursor.main'),
        usage: [
          ...events('p_ana', 'billed', '1000000', '2', '4.5'),
          ...events('p_ben', 'covered', '2000000', '3', '0'),
          ...events('p_cia', 'free', '5000000', '1', '0'),
          ...events('p_dan', 'copy', '7000000', '1', '9'),
        ],
      }),
    ).toEqual([
      {
        ...{ principal_id: 'p_ana', meter: 'requests', basis: 'direct', reason: null, status: 'billed' },
        ...{ list_cost: '3.0000000000', billed_cost: '4.5000000000', effective_cost: '4.5000000000' },
      },
      {
        ...{ principal_id: 'p_ben', meter: 'input_tokens', basis: 'covered', reason: null, status: 'billed' },
        ...{ list_cost: '6.0000000000', billed_cost: '0.0000000000', effective_cost: '0.0000000000' },
      },
    ]);
  });

  it('has an unknown list cost where a part of it has no price', async () => {
    const unknown = { ...cursor, principal_id: 'p_ana', claim: 'billed', model: 'new', quantity: '7' };
    expect(
      await charged(
        {
          usage: [
            { ...unknown, meter: 'input_tokens' },
            { ...unknown, meter: 'requests', claimed_cost: '0.25' },
          ],
        },
        'quantity, list_cost, effective_cost',
      ),
    ).toEqual([{ quantity: '7.000000', list_cost: null, effective_cost: '0.2500000000' }]);
  });

  it('without a person is of its workspace, without either of nobody', async () => {
    const of = (workspace_id: string | null) => ({
      ...{ ...cursor, workspace_id, claim: 'billed', meter: 'requests', quantity: '1', claimed_cost: '1' },
    });
    expect(await charged({ usage: [of('ws'), of(null)] }, 'basis, workspace_id, reason')).toEqual([
      { workspace_id: null, basis: 'unattributed', reason: 'no_key_or_person' },
      { workspace_id: 'ws', basis: 'derived', reason: null },
    ]);
  });
});

const SUMS = 'sum(billed_cost) as billed, sum(effective_cost) as effective';

async function summed(given: Given, by: string) {
  const lake = await lakeOf({ ...STANDING, ...given });
  for (const check of ['totals_tie_out', 'spread_sums_to_ledger', 'ledger_has_every_line', 'focus_rules', 'one_biller'])
    expect(await lake.rows(`select says from ${check}`)).toEqual([]);
  return lake.rows(`select ${by}, ${SUMS} from charges group by ${by} order by ${by}`);
}

describe('seats', () => {
  const seat = (day: string, principal_id: string | null) => ({ day, principal_id, assigned_at: null });
  const bought = (more: AnyRow) => [contract('seats', { unit_price: '40', ...more })];

  it('cost their holders by the day, sum to the month, and unused ones are nobody’s', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ quantity: '5' }),
          seats: [seat('2026-11-01', 'p_ana'), seat('2026-11-01', 'p_ben'), seat('2026-11-16', 'p_ana')],
        },
        'principal_id, basis, reason, charge_category, charge_frequency',
      ),
    ).toEqual(
      [
        { principal_id: 'p_ana', basis: 'direct', reason: null, cost: '40.0000000000' },
        { principal_id: 'p_ben', basis: 'direct', reason: null, cost: '19.9999999995' },
        { principal_id: null, basis: 'unattributed', reason: 'unused_seats', cost: '140.0000000005' },
      ].map(({ cost, ...row }) => ({
        ...row,
        ...{ charge_category: 'Purchase', charge_frequency: 'Recurring', billed: cost, effective: cost },
      })),
    );
  });

  it('are as many as the directory says where the contract counts none, up to the last day asked for', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main', 15),
          contracts: bought({}),
          seats: [seat('2026-11-01', 'p_ana'), seat('2026-11-10', 'p_ana'), seat('2026-11-10', null)],
        },
        'principal_id, reason',
      ),
    ).toEqual([
      { principal_id: 'p_ana', reason: null, billed: '19.9999999995', effective: '19.9999999995' },
      { principal_id: null, reason: 'unused_seats', billed: '7.9999999998', effective: '7.9999999998' },
    ]);
  });

  it('are spread over who uses what they cover where no directory tells the holders', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ quantity: '3', connection_id: 'cursor.main' }),
          usage: [
            ...events('p_ana', 'covered', '3000000', '1', '0'),
            ...events('p_ben', 'covered', '1000000', '9', '0'),
          ],
        },
        'principal_id, charge_category, basis',
      ),
    ).toEqual([
      {
        principal_id: 'p_ana',
        charge_category: 'Purchase',
        basis: 'derived',
        billed: '89.9999999993',
        effective: '89.9999999993',
      },
      {
        principal_id: 'p_ana',
        charge_category: 'Usage',
        basis: 'covered',
        billed: '0.0000000000',
        effective: '0.0000000000',
      },
      {
        principal_id: 'p_ben',
        charge_category: 'Purchase',
        basis: 'derived',
        billed: '30.0000000007',
        effective: '30.0000000007',
      },
      {
        principal_id: 'p_ben',
        charge_category: 'Usage',
        basis: 'covered',
        billed: '0.0000000000',
        effective: '0.0000000000',
      },
    ]);
  });

  it('stay whole where nobody is known to hold or use one', async () => {
    expect(
      await summed({ collection_status: asked('cursor.main'), contracts: bought({ quantity: '1' }) }, 'basis, reason'),
    ).toEqual([
      { basis: 'unattributed', reason: 'no_seat_holder', billed: '40.0000000000', effective: '40.0000000000' },
    ]);
  });

  it('of a year are billed on its first day and spent day by day', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ term: 'year', unit_price: '1200', valid_from: '2025-11-10' }),
          seats: [seat('2026-11-01', 'p_ana')],
        },
        'principal_id, reason, charge_description',
      ),
    ).toEqual([
      {
        ...{ principal_id: 'p_ana', reason: null, charge_description: 'Seats' },
        ...{ billed: '0.0000000000', effective: '100.0000000000' },
      },
      {
        ...{ principal_id: null, reason: 'paid_ahead', charge_description: 'Seats, paid ahead' },
        ...{ billed: '1200.0000000000', effective: '0.0000000000' },
      },
    ]);
  });

  it('that the ledger bills go to the holders of the day', async () => {
    const of = { connection_id: 'copilot.main', provider: 'copilot' };
    expect(
      await summed(
        {
          costs: [
            {
              ...{ ...of, source: 'copilot_costs', product: 'copilot', meter: 'seat_months', quantity: '0.1' },
              ...{ charge_category: 'Purchase', charge_frequency: 'Recurring', billed_cost: '1.9' },
            },
          ],
          seats: ['u_ana', 'u_ben', null].map((principal_id) => ({
            ...{ ...of, source: 'copilot_seats', product: 'copilot', day: '2026-11-20', principal_id },
          })),
        },
        'principal_id, basis, reason',
      ),
    ).toEqual([
      { principal_id: 'u_ana', basis: 'derived', reason: null, billed: '0.6333333334', effective: '0.6333333334' },
      { principal_id: 'u_ben', basis: 'derived', reason: null, billed: '0.6333333333', effective: '0.6333333333' },
      {
        principal_id: null,
        basis: 'unattributed',
        reason: 'unused_seats',
        billed: '0.6333333333',
        effective: '0.6333333333',
      },
    ]);
  });
});

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

describe('credits', () => {
  const credits = (principal_id: string, quantity: string, more: AnyRow = {}) => ({
    ...{ connection_id: 'copilot.main', provider: 'copilot', source: 'copilot_usage', product: 'copilot' },
    ...{ principal_id, meter: 'credits', quantity, ...more },
  });
  const price = { provider: 'copilot', model: '*', meter: 'credits', unit_price: '0.01' };

  it('inside the pool are covered: billed nothing, shared by what each used at list', async () => {
    expect(
      await charged(
        {
          prices: [price],
          usage: [credits('u_ana', '3000'), credits('u_ben', '1000')],
          costs: [
            {
              ...{ connection_id: 'copilot.main', provider: 'copilot', source: 'copilot_costs', product: 'copilot' },
              ...{ meter: 'credits', quantity: '4000', list_cost: '40', contracted_cost: '0', billed_cost: '0' },
            },
          ],
        },
        'principal_id, basis, quantity, list_cost, billed_cost',
      ),
    ).toEqual([
      {
        principal_id: 'u_ana',
        basis: 'covered',
        quantity: '3000.000000',
        list_cost: '30.0000000000',
        billed_cost: '0.0000000000',
      },
      {
        principal_id: 'u_ben',
        basis: 'covered',
        quantity: '1000.000000',
        list_cost: '10.0000000000',
        billed_cost: '0.0000000000',
      },
    ]);
  });

  it('cost what the contract says of their product', async () => {
    const chatgpt = { connection_id: 'openai.main', provider: 'openai', product: 'chatgpt' };
    expect(
      await charged(
        {
          contracts: [contract('credit_price', { provider: 'openai', product: 'chatgpt', unit_price: '0.04' })],
          usage: [credits('u_ana', '100', chatgpt), credits('u_ben', '100', { ...chatgpt, product: 'codex' })],
        },
        'principal_id, list_cost, status',
      ),
    ).toEqual([
      { principal_id: 'u_ana', list_cost: '4.0000000000', status: 'estimated' },
      { principal_id: 'u_ben', list_cost: null, status: 'estimated' },
    ]);
  });
});
