import { DuckDBInstance } from '@duckdb/node-api';
import { adapterSql } from '../../../shared/cloud-bill/adapter.ts';
import type { Bill, BillForm } from '../../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../../shared/cloud-bill/columns.ts';
import type { Grain } from '../../../shared/cloud-bill/output.ts';

/** A bill of a test. */
export const billOf = (form: BillForm): Bill => ({
  account: '111122223333',
  form,
  tags: { team: 'team', costCenter: 'cost_center' },
});

type Cell = string | number | null | Readonly<Record<string, string>>;

/**
 * Literal rows of a bill through its adapter: only the columns that some row names are there, as in an export whose
 * query left the others out. Answers what `select` says of `stg_cloud_bill` or `stg_cloud_bill_days`, every cell as text.
 */
export async function adapted(
  form: BillForm,
  rows: readonly Readonly<Record<string, Cell>>[],
  select: string,
): Promise<Record<string, string | null>[]> {
  const bill = billOf(form);
  const types = columnsOf(bill);
  const named = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const strange = named.filter((name) => types[name] === undefined);
  if (strange.length > 0) throw new Error(`${form} has no column ${strange.join()}`);
  const dated = { line_item_usage_start_date: '2026-11-18 14:00:00', chargeperiodstart: '2026-11-18 00:00:00' };
  const always = form.startsWith('focus') ? 'chargeperiodstart' : 'line_item_usage_start_date';
  const present = [...new Set([always, ...named])];
  const cells = (row: Readonly<Record<string, Cell>>): string =>
    present
      .map((name) => `${literal(row[name] ?? (name === always ? dated[always] : null), types[name] ?? '')} as ${name}`)
      .join(', ');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `set TimeZone = 'UTC'; create view bill as ${rows.map((row) => `select '2026-11' as billing_period, ${cells(row)}`).join(' union all ')}`,
  );
  const staged = (grain: Grain): string => adapterSql(grain, bill, 'bill', new Set(['billing_period', ...present]));
  const answer = await connection.runAndReadAll(
    `with stg_cloud_bill as (${staged('lines')}), stg_cloud_bill_days as (${staged('days')}) ${select}`,
  );
  const read = answer
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
    );
  connection.closeSync();
  instance.closeSync();
  return read;
}

function literal(cell: Cell, type: string): string {
  const duck = type.startsWith('map')
    ? type.includes('double')
      ? 'map(varchar, double)'
      : 'map(varchar, varchar)'
    : type === 'string'
      ? 'varchar'
      : type;
  if (cell === null) return `cast(null as ${duck})`;
  if (typeof cell === 'object') {
    const entries = Object.entries(cell);
    const list = (of: readonly string[]): string => `[${of.map((text) => `'${text}'`).join(', ')}]`;
    return entries.length === 0
      ? `cast(map {} as ${duck})`
      : `map(${list(entries.map(([key]) => key))}, ${list(entries.map(([, value]) => value))})`;
  }
  return `cast('${String(cell).replaceAll("'", "''")}' as ${duck})`;
}
