import { opendirSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnType, prefixOf, type Table } from '../../shared/table.ts';
import { entries } from './folder-stamp.ts';
import { unlessMissing } from './missing.ts';
import type { Pointers } from './pointers.ts';

/**
 * The select that reads a table: Parquet by name where files stand, else an empty relation of the same types.
 * `pointers` says where the months of a mart stand; null: the table's own folder. `alike`: all files are known to have
 * the same columns; else an engine must look into each before it can plan.
 */
export function relationOf(root: string, table: Table, pointers: Pointers | null, alike = false): string {
  const paths =
    pointers === null ? ownPaths(root, table) : [...pointers.values()].map((at) => join(root, at, '*.parquet'));
  const columns = Object.entries(table.columns).map(([name, { type }]) => ({ name, type: duckType(type) }));
  if (table.partitioned) columns.push({ name: 'billing_period', type: 'varchar' });
  const empty = columns.map(({ name, type }) => `cast(null as ${type}) as ${name}`);
  const typed = `select ${empty.join(', ')} where false`;
  if (paths.length === 0) return typed;
  const list = listOf(paths);
  const hive = table.partitioned
    ? "hive_partitioning = true, hive_types = {'billing_period': varchar}"
    : 'hive_partitioning = false';
  const options = `${hive}, union_by_name = ${!alike}`;
  const chosen = columns.map(({ name, type }) => `cast(${name} as ${type}) as ${name}`);
  // The empty relation gives a column that no file has yet.
  return `select ${chosen.join(', ')} from (${typed} union all by name select * from read_parquet([${list}], ${options}))`;
}

const listOf = (paths: readonly string[]): string => paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ');

/** The select that tells whether all files of a table were written by one version of it; null: it has no file. */
export function alikeSql(root: string, table: Table): string | null {
  const list = listOf(ownPaths(root, table));
  // A file that names no version counts as one more.
  return list === ''
    ? null
    : `select count(distinct coalesce(cast(value as varchar), '')) = 1 from (select file from glob([${list}])) left join (select file_name as file, value from parquet_kv_metadata([${list}]) where key = 'outlay.version'::blob) using (file)`;
}

function ownPaths(root: string, table: Table): string[] {
  const folder = join(root, prefixOf(table));
  if (!table.partitioned) return holdsParquet(folder) ? [join(folder, '*.parquet')] : [];
  const months = entries(folder)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('billing_period=') && holdsParquet(join(folder, name)));
  return months.toSorted().map((name) => join(folder, name, '*.parquet'));
}

/** Read up to the first one only: every query asks, and a month of days is hundreds of files. */
function holdsParquet(path: string): boolean {
  const folder = unlessMissing(() => opendirSync(path, { bufferSize: 4 }));
  if (folder === null) return false;
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync())
      if (entry.name.endsWith('.parquet')) return true;
    return false;
  } finally {
    folder.closeSync();
  }
}

/** Hive's name of a type in DuckDB's words. */
export function duckType(type: ColumnType): string {
  if (type === 'string') return 'varchar';
  return type === 'map<string,string>' ? 'map(varchar, varchar)' : type;
}
