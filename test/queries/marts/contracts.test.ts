import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { asked, contract, cursor, STANDING } from '../core/contracts-world.ts';
import { events } from '../core/ledger-lake.ts';
import { type Given, lakeOf } from '../lake.ts';
import { calendarOf } from '../rows.ts';

const told = async (given: Given, sql: string) => (await lakeOf({ ...STANDING, ...given })).rows(sql);
const ours = (kind: string, more: AnyRow) =>
  contract(kind, { provider: 'anthropic', connection_id: 'anthropic.main', owner_id: 'p_head', ...more });
/** One line a day of November up to the 24th. */
const daily = (billed_cost: string): AnyRow[] =>
  Array.from({ length: 24 }, (_, index) => ({
    ...{ day: `2026-11-${String(index + 1).padStart(2, '0')}`, credential_id: 'key', billed_cost },
  }));

describe('price coverage', () => {
  it('tells how much of the ledger priced usage explains, and the factor between them', async () => {
    const used = (model: string, quantity: string) => ({ credential_id: 'k', model, meter: 'input_tokens', quantity });
    const line = (model: string | null, billed_cost: string) => ({ credential_id: 'k', model, billed_cost });
    expect(
      await told(
        {
          prices: ['sonnet', 'opus', 'opus-2026-05-13'].map((model) => ({
            ...{ provider: 'anthropic', model, meter: 'input_tokens', unit_price: '0.000003' },
          })),
          usage: [
            used('sonnet', '1000000'),
            used('opus', '600000'),
            used('opus-2026-05-13', '400000'),
            used('new', '5'),
          ],
          costs: [line('sonnet', '2.7'), line('opus', '6'), line('new', '1'), line('lost', '4'), line(null, '0.5')],
        },
        'select model, ledger_cost, priced_cost, explained_share, factor, reason from price_coverage order by model',
      ),
    ).toEqual(
      [
        ['lost', '4.0000000000', null, '0.0000000000', null, 'no_usage'],
        ['new', '1.0000000000', null, '0.0000000000', null, 'unpriced_usage'],
        ['opus', '6.0000000000', '3.0000000000', '0.5000000000', '2.0000000000', null],
        ['sonnet', '2.7000000000', '3.0000000000', '1.0000000000', '0.9000000000', null],
        [null, '0.5000000000', null, '0.0000000000', null, 'no_model'],
      ].map(([model, ledger_cost, priced_cost, explained_share, factor, reason]) => ({
        ...{ model, ledger_cost, priced_cost, explained_share, factor, reason },
      })),
    );
  });
});

describe('seat use', () => {
  it('tells what a seat cost, what was used on it, and who did not use it', async () => {
    const seat = (principal_id: string, more: AnyRow = {}) => ({ day: '2026-11-01', principal_id, ...more });
    expect(
      await told(
        {
          collection_status: asked('cursor.main'),
          contracts: [contract('seats', { unit_price: '30' })],
          people: [{ person_id: 'p_ana', team_id: 'search' }],
          person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
          seats: [seat('p_ana'), seat('p_ben', { last_active_on: '2026-11-03' }), seat('p_cia')],
          usage: events('p_ana', 'covered', '2000000', '1', '0'),
        },
        'select product, person_id, team_id, seat_cost, used_value, last_active_on, active_day_count, state from seat_use order by person_id',
      ),
    ).toEqual(
      [
        ['p_ana', 'search', '6.0000000000', '2026-11-24', '1', 'used'],
        ['p_ben', null, null, '2026-11-03', '0', 'used'],
        ['p_cia', null, null, null, '0', 'idle'],
      ].map(([person_id, team_id, used_value, last_active_on, active_day_count, state]) => ({
        ...{ product: 'cursor', person_id, team_id, seat_cost: '30.0000000000', used_value },
        ...{ last_active_on, active_day_count, state },
      })),
    );
  });

  it('does not call a seat idle where nobody tells of its use', async () => {
    expect(
      await told(
        { collection_status: asked('cursor.main'), seats: [{ day: '2026-11-01', principal_id: 'p_ana' }] },
        'select seat_cost, state from seat_use',
      ),
    ).toEqual([{ seat_cost: null, state: 'unknown' }]);
  });
});

const STATUS =
  'select contract_id, amount, used_amount, left_amount, daily_amount, run_out_on, state from contract_status order by contract_id';
const status = (contract_id: string, [amount, used_amount, left_amount, daily_amount]: string[], more: AnyRow) => ({
  ...{ contract_id, amount, used_amount, left_amount, daily_amount, ...more },
});

describe('the state of a contract', () => {
  it('is counted from what was drawn: one runs out, one is not used, one has ended', async () => {
    expect(
      await told(
        {
          collection_status: asked('anthropic.main', 24),
          contracts: [
            ours('prepaid', { term: 'once', amount: '300', valid_from: '2026-11-01', valid_to: '2027-11-01' }),
            ours('old', {
              kind: 'prepaid',
              provider: 'openai',
              term: 'once',
              amount: '50',
              connection_id: null,
              valid_from: '2026-01-01',
              valid_to: '2026-11-01',
            }),
            ours('year', {
              kind: 'commitment',
              provider: 'cursor',
              connection_id: 'cursor.main',
              term: 'year',
              amount: '1200',
              valid_from: '2026-02-01',
              valid_to: '2028-02-01',
            }),
          ],
          costs: daily('10'),
          usage: [
            { ...cursor, principal_id: 'p', claim: 'billed', meter: 'requests', quantity: '1', claimed_cost: '28' },
          ],
        },
        STATUS,
      ),
    ).toEqual([
      status('old', ['50.0000000000', '0.0000000000', '50.0000000000'], {
        daily_amount: null,
        run_out_on: null,
        state: 'expired',
      }),
      status('prepaid', ['300.0000000000', '240.0000000000', '60.0000000000', '10.000000'], {
        run_out_on: '2026-12-01',
        state: 'runs_out',
      }),
      status('year', ['1200.0000000000', '28.0000000000', '1172.0000000000', '1.000000'], {
        run_out_on: null,
        state: 'unused',
      }),
    ]);
  });

  it('of balances of one product is used up in the order in which they were paid, the rest as the vendor tells it', async () => {
    const paid = (id: string, valid_from: string) =>
      ours(id, { kind: 'prepaid', term: 'once', amount: '100', valid_from });
    const given = {
      collection_status: asked('anthropic.main', 24),
      contracts: [paid('first', '2026-10-01'), paid('second', '2026-11-10')],
      costs: daily('5'),
    };
    const columns = 'select contract_id, used_amount, left_amount from contract_status order by contract_id';
    expect(await told(given, columns)).toEqual([
      { contract_id: 'first', used_amount: '100.0000000000', left_amount: '0.0000000000' },
      { contract_id: 'second', used_amount: '20.0000000000', left_amount: '80.0000000000' },
    ]);
    const limits = [
      {
        ...{ source: 'anthropic_limits', day: '2026-11-24', scope_kind: 'organization', enforced: 'yes' },
        ...{ kind: 'prepaid_balance', amount: '71.5', unit: 'USD' },
      },
    ];
    expect(await told({ ...given, limits }, columns)).toEqual([
      { contract_id: 'first', used_amount: '100.0000000000', left_amount: '0.0000000000' },
      { contract_id: 'second', used_amount: '28.5000000000', left_amount: '71.5000000000' },
    ]);
  });

  it('of a commitment is counted over the months of its term, after the discount, and beyond its amount', async () => {
    const MONTHS = ['2026-09', '2026-10', '2026-11'];
    /** A connection with a line on the tenth of each month. */
    const world = (alias: string, amounts: readonly string[], more: AnyRow) => ({
      contract: ours(alias, {
        ...{ kind: 'commitment', term: 'year', amount: '1000', connection_id: `anthropic.${alias}` },
        ...{ valid_from: '2026-09-01', valid_to: '2027-09-01', ...more },
      }),
      costs: amounts.map((billed_cost, i) => ({
        ...{ day: `${MONTHS[i]}-10`, connection_id: `anthropic.${alias}`, credential_id: 'key', billed_cost },
      })),
    });
    const worlds = [
      world('discounted', ['500', '100', '200'], {}),
      world('exceeded', ['700', '300', '250.5'], {}),
      world('month', ['500', '100', '200'], { term: 'month', amount: '150' }),
      world('renewed', ['500', '120.5', '200.25'], { valid_from: '2025-10-01', valid_to: '2027-10-01' }),
      world('used', ['700'], { amount: '700' }),
    ];
    const discounts = ['discounted', 'month'].map((alias) =>
      ours(`discount of ${alias}`, { kind: 'discount', connection_id: `anthropic.${alias}`, rate: '0.1' }),
    );
    const lake = await lakeOf(
      {
        ...STANDING,
        calendar: MONTHS.flatMap((month) => calendarOf(month, month === '2026-10' ? 31 : 30)),
        collection_status: asked('anthropic.main', 24),
        contracts: [...worlds.map((one) => one.contract), ...discounts],
        costs: worlds.flatMap(({ costs }) => costs),
      },
      MONTHS,
    );
    expect(
      await lake.rows(
        'select contract_id, used_amount, used_share, left_amount, run_out_on, state from contract_status order by contract_id',
      ),
    ).toEqual(
      [
        ['discounted', '720.0000000000', '0.7200000000', '280.0000000000', '2027-01-08', 'runs_out'],
        ['exceeded', '1250.5000000000', '1.2505000000', '0.0000000000', '2026-10-10', 'exceeded'],
        ['month', '180.0000000000', '1.2000000000', '0.0000000000', '2026-11-10', 'exceeded'],
        ['renewed', '320.7500000000', '0.3207500000', '679.2500000000', '2027-02-28', 'runs_out'],
        ['used', '700.0000000000', '1.0000000000', '0.0000000000', '2026-09-10', 'used_up'],
      ].map(([contract_id, used_amount, used_share, left_amount, run_out_on, state]) => ({
        ...{ contract_id, used_amount, used_share, left_amount, run_out_on, state },
      })),
    );
  }, 120_000);

  it('of a balance of which nothing is left is used up', async () => {
    expect(
      await told(
        {
          collection_status: asked('anthropic.main', 24),
          contracts: [
            ours('prepaid', { term: 'once', amount: '200', valid_from: '2026-11-01', valid_to: '2027-11-01' }),
          ],
          costs: daily('10'),
        },
        STATUS,
      ),
    ).toEqual([
      status('prepaid', ['200.0000000000', '240.0000000000', '-40.0000000000', '10.000000'], {
        ...{ run_out_on: '2026-11-25', state: 'used_up' },
      }),
    ]);
  });
});
