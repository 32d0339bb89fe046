import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { asked, contract, STANDING } from '../core/contracts-world.ts';
import { events } from '../core/ledger-lake.ts';
import { type Given, lakeOf } from '../lake.ts';
import { calendarOf } from '../rows.ts';

const BOTH = ['2026-10', '2026-11'];
const CALENDAR = [...calendarOf('2026-10', 31), ...calendarOf('2026-11', 30)];
/** October and November up to the 24th, asked for. */
const askedBoth = (connection_id: string): AnyRow[] => [
  ...asked(connection_id, 30).map((row) => ({ ...row, day: String(row.day).replace('2026-11', '2026-10') })),
  ...asked(connection_id, 24),
];
const told = async (given: Given, sql: string) =>
  (await lakeOf({ ...STANDING, calendar: CALENDAR, ...given }, BOTH)).rows(sql);
const seat = (principal_id: string | null, more: AnyRow = {}) => ({ day: '2026-10-01', principal_id, ...more });

describe('idle seats', () => {
  it('are those not used last month and since, and those that nobody holds, each with whom to ask', async () => {
    expect(
      await told(
        {
          collection_status: askedBoth('cursor.main'),
          contracts: [contract('seats', { unit_price: '30', quantity: '4', owner_id: 'p_head' })],
          seats: [
            ...['p_ana', 'p_ben'].map((id) => seat(id)),
            ...['p_ana', 'p_ben', 'p_new'].map((id) => seat(id, { day: '2026-11-10' })),
          ],
          usage: ['2026-10-30', '2026-11-03'].flatMap((day) =>
            events('p_ana', 'covered', '10', '1', '0').map((row) => ({ ...row, day })),
          ),
        },
        'select says, person_id, owner_id, billing_currency, monthly_cost from idle_seats order by person_id',
      ),
    ).toEqual([
      {
        says: 'p_ben holds a seat of cursor and has not used it since it was given: 29.03 USD a month',
        ...{ person_id: 'p_ben', owner_id: 'p_head', billing_currency: 'USD', monthly_cost: '29.0322580650' },
      },
      {
        says: 'seats of cursor that nobody holds: 33.00 USD in 2026-11',
        ...{ person_id: null, owner_id: 'p_head', billing_currency: 'USD', monthly_cost: '33.0000000000' },
      },
    ]);
  });
});

describe('duplicate tools', () => {
  it('are the seats of two coding tools of one person, with what all but the dearest cost', async () => {
    const copilot = { source: 'copilot_seats', connection_id: 'copilot.main', provider: 'copilot', product: 'copilot' };
    expect(
      await told(
        {
          collection_status: askedBoth('cursor.main'),
          contracts: [
            contract('cursor-seats', { kind: 'seats', unit_price: '31' }),
            contract('copilot-seats', { kind: 'seats', provider: 'copilot', unit_price: '62' }),
          ],
          seats: [
            seat('p_ana'),
            seat('p_ben'),
            seat('p_ana', copilot),
            seat('p_ana', { ...copilot, product: 'spark' }),
          ],
        },
        'select person_id, product, other_product, tool_count, billing_currency, monthly_cost from duplicate_tools',
      ),
    ).toEqual([
      {
        person_id: 'p_ana',
        product: 'copilot',
        other_product: 'cursor',
        tool_count: '2',
        billing_currency: 'USD',
        monthly_cost: '30.0000000000',
      },
    ]);
  });

  it('in two currencies have no sum', async () => {
    const copilot = { source: 'copilot_seats', connection_id: 'copilot.main', provider: 'copilot', product: 'copilot' };
    expect(
      await told(
        {
          collection_status: askedBoth('cursor.main'),
          contracts: [
            contract('cursor-seats', { kind: 'seats', unit_price: '31' }),
            contract('copilot-seats', {
              kind: 'seats',
              provider: 'copilot',
              unit_price: '62',
              billing_currency: 'EUR',
            }),
          ],
          seats: [seat('p_ana'), seat('p_ana', copilot)],
        },
        'select says, billing_currency, monthly_cost from duplicate_tools',
      ),
    ).toEqual([
      {
        says: 'p_ana holds seats of 2 coding tools, copilot and cursor among them',
        ...{ billing_currency: null, monthly_cost: null },
      },
    ]);
  });
});

const daily = (billed_cost: string): AnyRow[] =>
  Array.from({ length: 24 }, (_, index) => ({
    ...{ day: `2026-11-${String(index + 1).padStart(2, '0')}`, credential_id: 'key', billed_cost },
  }));
const ours = (kind: string, more: AnyRow) =>
  contract(kind, { provider: 'anthropic', connection_id: 'anthropic.main', owner_id: 'p_head', ...more });

describe('a low balance', () => {
  it('is one that does not last its term, or two weeks where no contract names it', async () => {
    const balance = (connection_id: string, amount: string) => ({
      ...{ source: 'anthropic_limits', connection_id, day: '2026-11-24', scope_kind: 'organization' },
      ...{ enforced: 'yes', kind: 'prepaid_balance', amount, unit: 'USD' },
    });
    expect(
      await told(
        {
          collection_status: asked('anthropic.main', 24),
          contracts: [
            ours('prepaid', { term: 'once', amount: '300', valid_from: '2026-11-01', valid_to: '2027-11-01' }),
          ],
          costs: [
            ...daily('10'),
            ...daily('7').map((row) => ({ ...row, connection_id: 'anthropic.other' })),
            ...daily('7').map((row) => ({ ...row, connection_id: 'anthropic.rich' })),
          ],
          limits: [balance('anthropic.other', '57.5'), balance('anthropic.rich', '5000')],
        },
        'select says, owner_id, left_amount, run_out_on, monthly_cost from low_balance order by connection_id',
      ),
    ).toEqual([
      {
        says: 'the balance of prepaid at anthropic has 60.00 USD left and lasts to 2026-12-01',
        ...{ owner_id: 'p_head', left_amount: '60.0000000000', run_out_on: '2026-12-01', monthly_cost: '300.000000' },
      },
      {
        says: 'the balance of anthropic.other has 57.50 USD left and lasts to 2026-12-05',
        ...{ owner_id: null, left_amount: '57.5000000000', run_out_on: '2026-12-05', monthly_cost: '180.000000' },
      },
    ]);
  });
});

describe('an unused commitment', () => {
  it('is one that will not be used by the end of its term at this rate', async () => {
    expect(
      await told(
        {
          collection_status: asked('anthropic.main', 24),
          contracts: [ours('commitment', { amount: '1000' })],
          costs: daily('10'),
        },
        'select says, owner_id, monthly_cost from unused_commitment',
      ),
    ).toEqual([
      {
        says: 'commitment commitment at anthropic will not be used: 240.00 of 1000.00 USD so far, and it ends on 2026-12-01',
        owner_id: 'p_head',
        monthly_cost: '718.904759',
      },
    ]);
  });
});

describe('shadow AI', () => {
  it('is what people pay by card for tools of known vendors, with whom to ask', async () => {
    const paid = (expense_id: string, day: string, more: AnyRow) => ({
      ...{
        expense_id,
        day,
        person_id: 'p_ana',
        merchant: 'MIDJOURNEY INC.',
        provider: 'midjourney',
        billed_cost: '30',
      },
      ...more,
    });
    expect(
      await told(
        {
          collection_status: asked('cursor.main', 24),
          expenses: [
            paid('1', '2026-10-05', {}),
            paid('2', '2026-11-05', {}),
            paid('3', '2026-11-06', {
              person_id: null,
              merchant: 'Cursor',
              provider: 'cursor',
              billing_currency: 'EUR',
            }),
            paid('4', '2026-11-07', { merchant: 'Corner shop', provider: null }),
            paid('5', '2026-05-07', { merchant: 'long ago' }),
          ],
        },
        'select says, person_id, monthly_cost, next_step from shadow_ai order by provider',
      ),
    ).toEqual([
      {
        says: 'somebody paid Cursor by card: 30.00 EUR since 2026-11-06, which the company has an account of',
        ...{ person_id: null, monthly_cost: '30.000000', next_step: "offer a seat of the company's own account" },
      },
      {
        says: 'p_ana paid MIDJOURNEY INC. by card: 60.00 USD since 2026-10-05',
        ...{ person_id: 'p_ana', monthly_cost: '30.000000' },
        next_step: 'ask what it is for; approve it as a contract, or end it',
      },
    ]);
  });
});
