import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bill, QUERIES, total } from '../../local/cost/bill.ts';
import { table, USUAL } from '../../local/cost.ts';
import { loadQueries } from '../../local/queries.ts';
import { NO_BILLS } from '../../shared/cloud-bill/delivery.ts';
import { detect } from '../../shared/detect.ts';
import { materialise, tablesFor } from '../../shared/materialise.ts';
import type { Warehouse } from '../../shared/platform.ts';
import { lakeOf, NOVEMBER } from '../queries/lake.ts';
import { calendarOf } from '../queries/rows.ts';

describe('npm run cost', () => {
  it('gives the table that docs/cost.md shows', () => {
    expect(readFileSync('docs/cost.md', 'utf8')).toContain(table(bill(USUAL)));
  });

  it('stays within 5 USD for a hundred developers, five connections and Slack', () => {
    expect(total(bill(USUAL))).toBeLessThanOrEqual(5);
  });

  it('charges what is above the free amount, and all of it where the account has used that up', () => {
    const of = (freeTier: boolean) => bill({ ...USUAL, freeTier }).find(({ service }) => service === 'SQS (FIFO)');
    expect([of(true)?.cost.toFixed(2), of(false)?.cost.toFixed(2)]).toEqual(['0.50', '1.00']);
  });

  it('grows by a queue and a secret with each vendor, and by requests alone with each connection', () => {
    const more = (than: Partial<typeof USUAL>) => total(bill({ ...USUAL, ...than })) - total(bill(USUAL));
    expect(more({ connections: 6 })).toBeLessThan(0.15);
    expect(more({ connections: 6, vendors: 4 })).toBeGreaterThan(0.7);
    expect(more({ connections: 6, vendors: 4 })).toBeLessThan(0.9);
  });

  it('counts the queries of an hour as they are asked', async () => {
    const day = `${NOVEMBER}-24`;
    const lake = await lakeOf({
      calendar: calendarOf(NOVEMBER, 30),
      costs: [{ day, principal_id: 'p_ana', billed_cost: '1' }],
      usage: [{ day, principal_id: 'p_ana', meter: 'output_tokens', quantity: '1' }],
    });
    const read = { connection_id: 'anthropic.main', source: 'anthropic_usage', day };
    await lake.add('costs', [{ day, principal_id: 'p_ana', billed_cost: '2' }]);
    await lake.add('usage', [{ day, principal_id: 'p_ana', meter: 'output_tokens', quantity: '2' }]);
    await lake.add('collection_status', [{ ...read, target: 'usage', complete_through: `${day}T05:00:00.000Z` }]);
    const { warehouse, count } = counting(lake.platform.warehouse);
    await materialise({ ...lake.platform, warehouse }, loadQueries(), [NOVEMBER], NO_BILLS, tablesFor(NO_BILLS));
    const made = count();
    await detect({ ...lake.platform, warehouse }, { days: [day], mode: 'live' });
    expect({ materialise: made, detect: count() - made }).toEqual(QUERIES);
  });
});

/** A warehouse that counts what it is asked and what is made by it. */
function counting(of: Warehouse): { readonly warehouse: Warehouse; readonly count: () => number } {
  let count = 0;
  const counted = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      count += 1;
      return call(...args);
    };
  };
  return { warehouse: { ...of, rows: counted(of.rows), unload: counted(of.unload) }, count: () => count };
}
