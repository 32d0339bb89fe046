import { isBillTable } from '../cloud-bill/bill.ts';
import type { Queries } from '../queries.ts';
import type { Table } from '../table.ts';
import { COPIES } from '../tables/copies.ts';
import { TABLES } from '../tables/index.ts';
import { MATERIALISED } from '../tables/materialised.ts';
import type { BillingPeriod } from '../time.ts';

/** Read over all time: who owned a key or held a seat last spring may stand in a directory of today. */
const TIMELESS = ['principals', 'seats'];

/**
 * The select that makes a month of a materialised table: its query, the views it stands on as steps of the same
 * statement (an engine may then make each once, and the text made is the text hashed), and below them the month alone.
 */
export function monthSql(queries: Queries, table: Table, period: BillingPeriod): string {
  const query = queries.get(table.name);
  if (query === undefined) throw new Error(`no query makes ${table.name}`);
  const needed = reached(queries, table.name);
  const tables = [...TABLES, ...MATERIALISED, ...COPIES]
    .filter(({ name, partitioned }) => partitioned && needed.has(name) && name !== table.name)
    .filter(({ name }) => !TIMELESS.includes(name))
    .map(({ name }) => name)
    .concat([...needed].filter(isBillTable))
    .map((name) => `${name} as (\nselect * from ${name} where billing_period = '${period}'\n)`);
  // Days of the month alone, as its slice has them: what is made by the day would else be made of every day of the lake.
  const own = needed.has('calendar') ? [`calendar as (\nselect * from calendar where month = '${period}'\n)`] : [];
  const views = [...queries.values()]
    .filter(({ name, materialised }) => needed.has(name) && !materialised)
    .map(({ name, sql }) => `${name} as (\n${sql}\n)`);
  const columns = Object.keys(table.columns).join(', ');
  return `with ${[...tables, ...own, ...views].join(',\n')}\nselect ${columns} from (\n${query.sql}\n) where billing_period = '${period}'`;
}

/** Names below a query, not below other materialised ones. */
function reached(queries: Queries, name: string): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (next: string): void => {
    if (all.has(next)) return;
    all.add(next);
    if (next !== name && queries.get(next)?.materialised === true) return;
    for (const read of queries.get(next)?.reads ?? []) visit(read);
  };
  visit(name);
  return all;
}
