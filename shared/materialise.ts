import { type Bills, deliveries, NO_BILLS } from './cloud-bill/delivery.ts';
import { namePrincipals } from './cloud-bill/principals.ts';
import { atOnce } from './materialise/at-once.ts';
import { hashIn, inputHash, type SliceCache } from './materialise/inputs.ts';
import { lockMonth } from './materialise/lock.ts';
import { monthSql } from './materialise/month-sql.ts';
import { compareTotals } from './materialise/totals.ts';
import type { Platform } from './platform.ts';
import type { Queries } from './queries.ts';
import { prefixOf, type Table } from './table.ts';
import { type CopyName, copiesOf } from './tables/copies.ts';
import { BESIDE_A_BILL, candidateOf, MATERIALISED } from './tables/materialised.ts';
import type { BillingPeriod } from './time.ts';

/** Months at a time: an engine elsewhere is waited for, one here has more than one core. */
const AT_ONCE = 3;

/** Ports that making months needs. */
export type MaterialisePorts = Pick<Platform, 'objects' | 'state' | 'warehouse' | 'crypto' | 'clock' | 'codec'>;

/** What became of a month of a table. */
export interface MadeMonth {
  readonly table: string;
  readonly period: BillingPeriod;
  /** made: points at new files; unchanged: nothing it is made of has changed; locked: another run is at it; waiting: its bill is being delivered, what was made before stays. */
  readonly outcome: 'made' | 'unchanged' | 'locked' | 'waiting';
  /** Rows made; null: nothing was. */
  readonly rows: number | null;
}

/**
 * Makes the months whose inputs changed of every materialised table, in order of need. Safe to run again, to be cut
 * off anywhere, and beside another run: readers see the former month until the new one has been compared.
 * Where a month is locked, what is above it is left for the run that holds it.
 */
export async function materialise(
  ports: MaterialisePorts,
  queries: Queries,
  periods: Iterable<BillingPeriod>,
  bills: Bills = NO_BILLS,
  tables: readonly Table[] = MATERIALISED,
): Promise<MadeMonth[]> {
  const months = [...new Set(periods)].toSorted();
  const made = await atOnce(AT_ONCE, months, async (period) => {
    const cache: SliceCache = new Map();
    const done: MadeMonth[] = [];
    for (const table of tables) {
      const month = await makeMonth(ports, { queries, bills }, table, period, cache);
      done.push(month);
      if (month.outcome === 'locked') break;
    }
    return done;
  });
  return made.flat();
}

/**
 * The tables worth making: an engine that is paid by the query need not copy AI spend to stand beside no bill, nor for a
 * tool that nobody has.
 */
export const tablesFor = ({ bills }: Bills, copies: readonly CopyName[] = []): readonly Table[] => [
  ...(bills.length > 0 ? MATERIALISED : MATERIALISED.filter((table) => !BESIDE_A_BILL.includes(table))),
  ...copiesOf(copies),
];

/** How often a month is made anew because its facts changed while it was made. */
const TRIES = 4;

async function makeMonth(
  ports: MaterialisePorts,
  { queries, bills }: { readonly queries: Queries; readonly bills: Bills },
  table: Table,
  period: BillingPeriod,
  cache: SliceCache,
): Promise<MadeMonth> {
  const { name } = table;
  const lock = await lockMonth(ports, name, period);
  if (lock === null) return { table: name, period, outcome: 'locked', rows: null };
  try {
    for (let tries = 1; ; tries += 1) {
      const delivered = await deliveries(ports, queries, bills, name, period);
      if (delivered === null) return { table: name, period, outcome: 'waiting', rows: null };
      const hash = await inputHash(ports, queries, name, period, cache, delivered);
      const standing = await ports.warehouse.partition(name, period);
      if (hashIn(standing) === hash) return { table: name, period, outcome: 'unchanged', rows: null };
      // Callers that a bill names are written down before their month is read.
      if (delivered.size > 0) await namePrincipals(ports, period);
      // Attempts of one lock count within its own range, so that no two ever write the same prefix.
      const prefix = `${prefixOf(table, period)}${hash}/${lock.attempt * TRIES + tries}/`;
      await ports.warehouse.unload(monthSql(queries, table, period), prefix, table.sort);
      await ports.warehouse.point(candidateOf(name), new Map([[period, prefix]]));
      try {
        const rows = await compareTotals(ports, name, period);
        await ports.warehouse.point(name, new Map([[period, prefix]]));
        return { table: name, period, outcome: 'made', rows };
      } catch (error) {
        // A day that came in meanwhile is in the sums and not in the month: that is no fault, the month is made anew.
        cache.clear();
        if (tries === TRIES || (await inputHash(ports, queries, name, period, cache, delivered)) === hash) throw error;
      }
    }
  } finally {
    await lock.release();
  }
}
