import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { formProblem } from '../../shared/cloud-bill/form-of.ts';
import { type BillSettings, billOf } from '../../shared/cloud-bill/settings.ts';
import type { BillingPeriod } from '../../shared/time.ts';
import { dataFilesOf, type LakeBill, lakeBills, manifestsOf, writeBills } from './lake.ts';

/** Where AWS delivers a bill. */
const placeOf = ({ bucket, prefix }: BillSettings): string => `s3://${bucket}/${prefix === '' ? '' : `${prefix}/`}`;

/** How a bill is copied to this machine: times are kept, by which a delivery that is not whole is known. */
const copying = (bill: BillSettings, folder: string): string => `aws s3 sync ${placeOf(bill)} ${folder}`;

/**
 * The bills of which a copy lies on this machine.
 * @throws Error in a sentence where a folder is not there, holds no month, or is not in the form that is said.
 */
export async function copiedBills(settings: readonly BillSettings[]): Promise<readonly LakeBill[]> {
  const bills: LakeBill[] = [];
  for (const one of settings) {
    const { folder, name, account } = one;
    if (folder === undefined) continue;
    const of = `The folder ${folder} (cloudBill, payer account ${account})`;
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw new Error(`${of} is not there; copy the bill with '${copying(one, folder)}'.`);
    const bill: LakeBill = { ...billOf(one), folder: join(resolve(folder), name) };
    const last = dataFilesOf('', bill).at(-1);
    if (last === undefined)
      throw new Error(
        `${of} holds no Parquet file of a month below ${name}/, such as ${example(one)}; copy what stands below the prefix with '${copying(one, folder)}', or mend name.`,
      );
    const problem = formProblem(one, await columnsIn(last));
    if (problem !== null) throw new Error(`The bill ${last} ${problem}; say its form in cloudBill, or copy the other.`);
    bills.push(bill);
  }
  return bills;
}

const example = ({ form, name }: BillSettings): string =>
  form === 'legacy' ? `${name}/${name}/year=2026/month=10/` : `${name}/data/BILLING_PERIOD=2026-10/`;

/** Column names of a Parquet file, in lower case. */
async function columnsIn(path: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select lower(column_name) from (describe select * from read_parquet('${path.replaceAll("'", "''")}', hive_partitioning = false))`,
    );
    return reader.getRows().map(([name]) => String(name));
  } catch (cause) {
    throw new Error(`The bill ${path} cannot be read as Parquet; copy it again.`, { cause });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Lets a lake read these bills. Answers, in sentences, what of the months asked for it cannot read, and why. */
export async function readCopies(
  root: string,
  settings: readonly BillSettings[],
  bills: readonly LakeBill[],
  months: readonly BillingPeriod[],
): Promise<readonly string[]> {
  await writeBills(root, bills);
  const told = settings
    .filter(({ folder }) => folder === undefined)
    .map(
      (one) =>
        `The AWS bill of ${one.account} is not read here: copy it with '${copying(one, './exports')}' and name folder: './exports' in cloudBill.`,
    );
  const { delivered } = lakeBills(root);
  for (const bill of bills)
    for (const period of months) {
      const { state } = await delivered(bill, period);
      if (state === 'half')
        told.push(`The AWS bill of ${bill.account} for ${period} is not read: ${whyHalf(root, bill, period)}.`);
    }
  return told;
}

const whyHalf = (root: string, bill: LakeBill, period: BillingPeriod): string =>
  manifestsOf(root, bill, period).length === 0
    ? `its manifest (…Manifest.json) is not in ${bill.folder}, so nothing says that its files are all there; copy it too`
    : `its files are not those that its manifest lists, or newer than it; AWS is delivering anew, or the copy lost its times, which 'aws s3 sync' keeps`;
