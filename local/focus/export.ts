import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import type { BillingPeriod } from '../../shared/time.ts';
import { whyNot } from '../file-error.ts';
import { makeFolder } from '../folder.ts';
import { csv } from '../terminal/table.ts';
import type { Views } from '../views.ts';
import { csvCell, type FocusVersion, metadataOf, VERSIONS, type ViewColumn } from './schema.ts';

/** Forms a month of FOCUS leaves in. */
export const EXPORT_FORMATS = ['csv', 'parquet'] as const;

/** What is exported, and where to. */
export interface Export {
  readonly lake: string;
  readonly version: FocusVersion;
  readonly month: BillingPeriod;
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly out: string;
  /** Epoch milliseconds, for the metadata. */
  readonly now: number;
}

/** Where the files stand. */
export interface Exported {
  readonly data: string;
  readonly metadata: string;
  readonly rowCount: number;
}

/**
 * Writes a month of FOCUS and its metadata, each whole under its name or not at all.
 * @throws Error in a sentence when the month has nothing, or the folder cannot be written.
 */
export async function exportFocus({ warehouse }: Pick<Views, 'warehouse'>, wanted: Export): Promise<Exported> {
  const { lake, version, month, format, out } = wanted;
  const view = VERSIONS[version];
  const rowCount = await countOf(warehouse, lake, view, month);
  const described = await Array.fromAsync(warehouse.rows(`select column_name, column_type from (describe ${view})`));
  const columns = described
    .map(({ column_name, column_type }): ViewColumn => ({ name: column_name ?? '', type: column_type ?? '' }))
    .filter(({ name }) => name !== 'billing_period');
  await folderFor(out);
  const name = `focus-${version}-${month}`;
  const data = join(out, `${name}.${format}`);
  const metadata = join(out, `${name}.metadata.json`);
  // In one order, so that the same charges give the same file.
  const rows = (cells: readonly string[]): string =>
    `select ${cells.join(', ')} from ${view} where billing_period = '${month}' order by ${columns.map(({ name }) => `${view}.${name}`).join(', ')}`;
  await whole(data, async (part) => {
    if (format === 'parquet') return parquet(warehouse, lake, rows(columns.map(({ name }) => name)), part);
    const names = columns.map(({ name }) => name);
    await pipeline(Readable.from(csv(warehouse.rows(rows(columns.map(csvCell))), names)), createWriteStream(part));
  });
  const schemaId = createHash('sha256')
    .update(JSON.stringify([version, columns]))
    .digest('hex')
    .slice(0, 32);
  const createdAt = new Date(wanted.now).toISOString();
  const about = metadataOf(version, columns, { schemaId, createdAt, month, rowCount });
  await whole(metadata, (part) => writeFile(part, `${JSON.stringify(about, null, 2)}\n`));
  return { data, metadata, rowCount };
}

/** A month as it is exported. */
export type ExportedMonth = Pick<Export, 'lake' | 'month' | 'out'>;

/**
 * Writes a month as the table that Cloud Intelligence Dashboards take, laid out as its partitions are: nothing but
 * Parquet lies below, for every file there is read as data.
 * @throws Error in a sentence when the month has nothing, or the folder cannot be written.
 */
export async function exportCid(
  { warehouse, queries }: Pick<Views, 'warehouse' | 'queries'>,
  { lake, month, out }: ExportedMonth,
): Promise<Pick<Exported, 'data' | 'rowCount'>> {
  const { name, columns } = cidFocus;
  const rowCount = await countOf(warehouse, lake, VERSIONS['1.2'], month);
  const names = Object.keys(columns).join(', ');
  const folder = join(out, name, `billing_period=${month}`);
  await folderFor(folder);
  const data = join(folder, 'data.parquet');
  const sql = `select ${names} from (${queries.get(name)?.sql}) where billing_period = '${month}' order by ${names}`;
  await whole(data, (part) => parquet(warehouse, lake, sql, part, name));
  return { data, rowCount };
}

async function folderFor(path: string): Promise<void> {
  await makeFolder(path).catch((cause: unknown) => {
    throw new Error(
      `Nothing was exported, as the folder ${path} cannot be made: ${whyNot(cause)}. Name another with --out DIR.`,
      {
        cause,
      },
    );
  });
}

/** Charges of a month. */
async function countOf(
  { rows }: Pick<Views['warehouse'], 'rows'>,
  lake: string,
  view: string,
  month: BillingPeriod,
): Promise<number> {
  const one = async (sql: string) => Array.fromAsync(rows(sql));
  const count = Number((await one(`select count(*) as n from ${view} where billing_period = '${month}'`))[0]?.n);
  if (count > 0) return count;
  const months = await one('select distinct billing_period from charges order by billing_period');
  const there = months.map(({ billing_period }) => billing_period).join(', ');
  throw new Error(
    `The lake ${lake} has no billed charge in ${month}, so nothing was written; it has ${there === '' ? 'no month yet' : there}.`,
  );
}

/** Beside its place and then there: nobody reads half a file. */
async function whole(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await write(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The lake's own writer knows which types a file may hold; it writes below the lake only. */
async function parquet(
  { unload }: Views['warehouse'],
  lake: string,
  sql: string,
  to: string,
  table = 'focus',
): Promise<void> {
  const folder = `export-part/${table}/${process.pid}/`;
  try {
    await unload(sql, folder);
    await copyFile(join(lake, folder, 'part-0.parquet'), to);
  } finally {
    await rm(join(lake, folder), { recursive: true, force: true });
  }
}
