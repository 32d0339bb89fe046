import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { BILL_FORMS, type Bill, billTable } from '../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../shared/cloud-bill/columns.ts';
import {
  type Bills,
  type DeliveredObject,
  deliveryOf,
  filesOf,
  type Manifest,
} from '../../shared/cloud-bill/delivery.ts';
import type { BillingPeriod } from '../../shared/time.ts';
import { isMissing } from '../platform/missing.ts';

/** Where a lake on a laptop says which bills it reads. */
const BILLS_FILE = join('cloud-bill', 'bills.json');

const lakeBill = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  form: z.enum(BILL_FORMS),
  tags: z.strictObject({ team: z.string(), costCenter: z.string() }),
  /** Folder laid out as AWS lays out the bucket below the prefix; relative to the lake, or absolute. */
  folder: z.string(),
});

/** A bill in a folder. */
export type LakeBill = Bill & z.infer<typeof lakeBill>;

/** The bills that a lake reads; none when nothing says so. */
export function readBills(root: string): readonly LakeBill[] {
  try {
    return z.array(lakeBill).parse(JSON.parse(readFileSync(join(root, BILLS_FILE), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return [];
    throw new Error(`${join(root, BILLS_FILE)} does not say which bills are read; remove it and run again`, {
      cause: error,
    });
  }
}

/** Says which bills a lake reads. */
export async function writeBills(root: string, bills: readonly LakeBill[]): Promise<void> {
  const file = join(root, BILLS_FILE);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(bills, null, 2)}\n`);
}

/** The month that a path of a delivery is of, as Data Exports or legacy CUR lay it out; null: of none. */
export function monthIn(path: string): BillingPeriod | null {
  const [, exported] = /BILLING_PERIOD=(\d{4}-\d{2})\//i.exec(path) ?? [];
  const [, year, month] = /year=(\d{4})\/month=(\d{1,2})\//.exec(path) ?? [];
  const [, range] = /\/(\d{6})01-\d{8}\//.exec(path) ?? [];
  if (exported !== undefined) return exported;
  if (year !== undefined && month !== undefined) return `${year}-${month.padStart(2, '0')}`;
  return range === undefined ? null : `${range.slice(0, 4)}-${range.slice(4)}`;
}

const folderOf = (root: string, { folder }: LakeBill): string => (folder.startsWith('/') ? folder : join(root, folder));

/** Every file of a bill, by month, its path relative to the bill's folder. */
function filesIn(root: string, bill: LakeBill): ReadonlyMap<BillingPeriod, string[]> {
  const folder = folderOf(root, bill);
  const months = new Map<BillingPeriod, string[]>();
  let names: string[] = [];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    // Nothing was delivered yet.
  }
  for (const name of names.toSorted()) {
    const month = monthIn(`/${name}`);
    if (month !== null && /\.(parquet|json)$/.test(name)) months.set(month, [...(months.get(month) ?? []), name]);
  }
  return months;
}

/** The data files of a bill, oldest month first. */
export const dataFilesOf = (root: string, bill: LakeBill): readonly string[] =>
  [...filesIn(root, bill)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, names]) => names.filter((name) => name.endsWith('.parquet')))
    .map((name) => join(folderOf(root, bill), name));

/** The manifests of a month; where versions are kept, each of them has one. */
export const manifestsOf = (root: string, bill: LakeBill, period: BillingPeriod): readonly string[] =>
  (filesIn(root, bill).get(period) ?? []).filter((name) => name.endsWith('Manifest.json'));

/** The select that reads a bill's folder as its external table would: a column that no file has is null. */
export function billRelation(root: string, bill: LakeBill): string {
  const duck = (type: string): string =>
    type === 'string' ? 'varchar' : type.replace('<', '(').replace('>', ')').replaceAll('string', 'varchar');
  const columns = { ...columnsOf(bill), billing_period: 'string' };
  const typed = Object.entries(columns).map(([name, type]) => `cast(null as ${duck(type)}) as ${name}`);
  const months = [...filesIn(root, bill)].map(([month, names]) => {
    const files = names
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => `'${join(folderOf(root, bill), name).replaceAll("'", "''")}'`);
    return files.length === 0
      ? ''
      : ` union all by name select *, '${month}' as billing_period from read_parquet([${files.join(', ')}], hive_partitioning = false, union_by_name = true)`;
  });
  const chosen = Object.entries(columns).map(([name, type]) => `cast(${name} as ${duck(type)}) as ${name}`);
  return `select ${chosen.join(', ')} from (select ${typed.join(', ')} where false${months.join('')})`;
}

/** Bytes up to which a file is told apart by its content; a larger one by size and time. */
const SMALL = 64_000_000;

/** A lake's bills, with how far each month is there. */
export function lakeBills(root: string): Bills {
  const bills = readBills(root);
  return {
    bills,
    delivered: async ({ account }, period) => {
      const bill = bills.find((one) => billTable(one) === billTable({ account }));
      if (bill === undefined) return { state: 'none', fingerprint: '' };
      const names = filesIn(root, bill).get(period) ?? [];
      const object = (name: string): DeliveredObject => {
        const path = join(folderOf(root, bill), name);
        const { size, mtimeMs } = statSync(path);
        const etag =
          size > SMALL ? `${size} ${mtimeMs}` : createHash('sha256').update(readFileSync(path)).digest('hex');
        return { key: relative(folderOf(root, bill), path), etag, at: mtimeMs };
      };
      const manifests = manifestsOf(root, bill, period).map((name) => ({ name, object: object(name) }));
      const manifest = manifests.toSorted((a, b) => b.object.at - a.object.at)[0];
      return deliveryOf(
        names.filter((name) => name.endsWith('.parquet')).map(object),
        manifest === undefined ? null : manifestOf(join(folderOf(root, bill), manifest.name), manifest.object),
      );
    },
  };
}

const manifestOf = (path: string, object: DeliveredObject): Manifest => ({
  ...object,
  files: filesOf(JSON.parse(readFileSync(path, 'utf8'))),
});
