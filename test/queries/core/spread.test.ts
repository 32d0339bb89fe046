import { expect, it } from 'vitest';
import { scaled, sum } from '../../../shared/money.ts';
import type { AnyRow } from '../../../shared/table.ts';
import { lakeOf } from '../lake.ts';
import { METER_ROWS } from '../rows.ts';

/** A small generator, so that a world that fails can be made again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const MODELS = ['sonnet', 'opus', 'new'];
const METERS = ['input_tokens', 'output_tokens'];

/** A random day: usage of many keys, and a ledger that tells more or less of its lines. */
function randomWorld(seed: number) {
  const next = chance(seed);
  const some = <T>(values: readonly T[]): T | undefined => values[next(values.length)];
  const usage: AnyRow[] = Array.from({ length: 40 }, () => ({
    credential_id: next(10) === 0 ? null : `key-${next(12)}`,
    workspace_id: next(4) === 0 ? null : `ws-${next(3)}`,
    model: some(MODELS),
    meter: some(METERS),
    quantity: String(next(3_000_000)),
    cut: next(12) === 0 ? 'rest' : 'part',
  }));
  const costs: AnyRow[] = Array.from({ length: 25 }, (_, index) => ({
    credential_id: next(6) === 0 ? `key-${next(3)}` : null,
    workspace_id: next(2) === 0 ? `ws-${next(3)}` : null,
    model: next(2) === 0 ? some(MODELS) : null,
    meter: next(2) === 0 ? some(METERS) : null,
    quantity: next(2) === 0 ? String(next(1_000_000)) : null,
    charge_category: next(9) === 0 ? 'Credit' : 'Usage',
    charge_description: `line ${index}`,
    billed_cost: `${next(5) === 0 ? '-' : ''}${next(900)}.${String(next(1_000_000_000)).padStart(10, '0')}`,
  }));
  return { usage, costs };
}

it.each([1, 2, 3, 4])('spreads every line of random world %i to its last digit, and gives all of it', async (seed) => {
  const { usage, costs } = randomWorld(seed);
  const rules = ['search', 'data', 'web'].map((team_id, i) => ({
    rule_id: 'split',
    priority: 1,
    workspace_id: 'ws-1',
    method: 'fixed',
    team_id,
    share: ['0.3333333333', '0.3333333333', '0.3333333334'][i],
  }));
  const lake = await lakeOf({
    meters: METER_ROWS,
    calendar: [{ day: '2026-11-24', week: '2026-11-23', month: '2026-11' }],
    prices: ['sonnet', 'opus'].flatMap((model) =>
      METERS.map((meter) => ({ provider: 'anthropic', model, meter, unit_price: '0.00000123' })),
    ),
    collection_status: ['usage', 'costs'].map((target) => ({
      source: `anthropic_${target}`,
      target,
      complete_through: '2026-11-25T00:00:00.000Z',
      day: '2026-11-24',
    })),
    rules,
    usage,
    costs,
  });
  const lines = await lake.rows(
    'select charge_description, cast(sum(billed_cost) as decimal(20,10)) as cost, count(*) as parts from charges group by charge_description order by charge_description',
  );
  const ledger = costs.map(({ charge_description, billed_cost }) => [
    charge_description,
    scaled(String(billed_cost), 10),
  ]);
  expect(lines.map(({ charge_description, cost }) => [charge_description, scaled(cost ?? '', 10)])).toEqual(
    ledger.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  expect(lines.some(({ parts }) => Number(parts) > 1)).toBe(true);
  const given = await lake.rows('select allocated_cost from allocated_cost');
  expect(sum(given.map(({ allocated_cost }) => allocated_cost ?? '0'))).toBe(
    sum(costs.map(({ billed_cost }) => String(billed_cost))),
  );
  expect(await lake.rows('select says from totals_tie_out union all select says from spread_sums_to_ledger')).toEqual(
    [],
  );
});
