import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { BillForm } from '../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../shared/cloud-bill/columns.ts';
import type { BillingPeriod } from '../../shared/time.ts';
import type { World } from '../vendors/company/world.ts';
import { PAYER } from './charge.ts';
import { type BillRow, curRows } from './cur-rows.ts';
import { focusRows } from './focus-rows.ts';
import { type LakeBill, writeBills } from './lake.ts';
import { chargesOf } from './story.ts';

/** Name of the made-up company's export or report. */
const EXPORT = 'halden-costs';
const TAGS = { team: 'team', costCenter: 'cost_center' } as const;

/** The made-up company's bill in a form, as a lake names it. */
export const companyBill = (form: BillForm): LakeBill => ({
  account: PAYER.id,
  form,
  tags: TAGS,
  folder: join('cloud-bill', form),
});

/** Data files and manifest of a month, as AWS lays them out. */
export function placesOf(form: BillForm, period: BillingPeriod): { readonly data: string; readonly manifest: string } {
  const [year = '', month = ''] = period.split('-');
  const after =
    Number(month) === 12 ? `${Number(year) + 1}0101` : `${year}${String(Number(month) + 1).padStart(2, '0')}01`;
  return form === 'legacy'
    ? {
        data: `${EXPORT}/${EXPORT}/year=${year}/month=${Number(month)}/${EXPORT}-00001.snappy.parquet`,
        manifest: `${EXPORT}/${year}${month}01-${after}/${EXPORT}-Manifest.json`,
      }
    : {
        data: `${EXPORT}/data/BILLING_PERIOD=${period}/${EXPORT}-00001.snappy.parquet`,
        manifest: `${EXPORT}/metadata/BILLING_PERIOD=${period}/${EXPORT}-Manifest.json`,
      };
}

/**
 * Delivers the made-up company's bill into a lake, from a day through another, as AWS would: Parquet with doubles and
 * maps, then the manifest, and a line that says which form is read. A month that stands already is left.
 */
export async function deliverBill(
  root: string,
  world: World,
  { form, from, through }: { readonly form: BillForm; readonly from: string; readonly through: string },
): Promise<void> {
  const bill = companyBill(form);
  const charges = chargesOf(world, from, through);
  const rows = form === 'cur2' || form === 'legacy' ? curRows(charges, form) : focusRows(charges, form);
  const day = form.startsWith('focus') ? 'ChargePeriodStart' : 'line_item_usage_start_date';
  const months = Map.groupBy(rows, (row) => String(row[day]).slice(0, 7));
  const folder = join(root, bill.folder);
  const due = [];
  for (const [period, some] of months) {
    const places = placesOf(form, period);
    const text = some.map((row) => JSON.stringify(row)).join('\n');
    const told = createHash('sha256').update(text).digest('hex');
    const standing = await readFile(join(folder, places.manifest), 'utf8').catch(() => '');
    if (!standing.includes(told)) due.push({ period, some, text, told, ...places });
  }
  if (due.length > 0) await write(folder, bill, due);
  await writeBills(root, [bill]);
}

interface Due {
  readonly period: BillingPeriod;
  readonly some: readonly BillRow[];
  readonly text: string;
  readonly told: string;
  readonly data: string;
  readonly manifest: string;
}

async function write(folder: string, bill: LakeBill, due: readonly Due[]): Promise<void> {
  const types = columnsOf(bill);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  try {
    for (const { period, some, text, told, data, manifest } of due) {
      const names = Object.keys(some[0] ?? {});
      const columns = names.map((name) => `${name}: '${duck(types[name.toLowerCase()] ?? 'string')}'`);
      const path = join(folder, data);
      const json = `${path}.rows`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(json, text);
      await connection.run(
        `copy (select * from read_json('${json}', format = 'newline_delimited', hive_partitioning = false, columns = {${columns.join(', ')}})) to '${path}.part' (format parquet, compression snappy)`,
      );
      await rm(json);
      await rename(`${path}.part`, path);
      await mkdir(dirname(join(folder, manifest)), { recursive: true });
      const keys = { [bill.form === 'legacy' ? 'reportKeys' : 'dataFiles']: [data] };
      await writeFile(join(folder, manifest), `${JSON.stringify({ period, ...keys, contentHash: told })}\n`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const duck = (type: string): string =>
  type === 'string'
    ? 'VARCHAR'
    : type === 'timestamp'
      ? 'TIMESTAMP_MS'
      : type.replace('<', '(').replace('>', ')').replaceAll('string', 'varchar');
