import { bytesIn } from '../bytes.ts';
import { inOrder } from '../collect/order.ts';
import type { Platform } from '../platform.ts';
import { type AnyRow, prefixOf, type Table } from '../table.ts';
import { REFERENCE } from '../tables/index.ts';

/** What a push did. */
export interface Pushed {
  /** Content address of the version; the same files give the same one. */
  readonly version: string;
  /** Tables that differ from what stood before. */
  readonly changed: readonly string[];
}

/** Where a table of reference data stands. */
export const keyOf = (table: Table): string => `${prefixOf(table)}data.parquet`;

/** Rows as the one object of their table. */
export const fileOf = (
  { codec }: Pick<Platform, 'codec'>,
  table: Table,
  rows: readonly AnyRow[],
): Promise<Uint8Array> => bytesIn(codec.writeParquet(table, inOrder(table, [...rows])));

/** Keeps every table as an immutable version, then points each that differs at it by one put. */
export async function placeVersion(
  platform: Pick<Platform, 'objects' | 'crypto'>,
  fileFor: (table: Table) => Promise<Uint8Array>,
): Promise<Pushed> {
  const files = new Map<Table, Uint8Array>();
  for (const table of REFERENCE) files.set(table, await fileFor(table));
  const digests = [...files].map(([{ name }, bytes]) => [name, platform.crypto.digest(bytes)] as const);
  const version = platform.crypto.digest(JSON.stringify(digests)).slice(0, 16);
  const changed: [Table, Uint8Array][] = [];
  for (const [table, bytes] of files) if (await differs(platform, keyOf(table), bytes)) changed.push([table, bytes]);
  // Where no table differs, this is the version that stands, and it was kept before the tables pointed at it.
  if (changed.length > 0) await keepVersion(platform, version, files, Object.fromEntries(digests));
  for (const [table, bytes] of changed) await replace(platform, keyOf(table), bytes, { version });
  return { version, changed: changed.map(([{ name }]) => name) };
}

async function keepVersion(
  { objects }: Pick<Platform, 'objects'>,
  version: string,
  files: ReadonlyMap<Table, Uint8Array>,
  digests: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = `reference-versions/${version}/`;
  for (const [table, bytes] of files) await objects.put(`${folder}${table.name}.parquet`, bytes, { when: 'any' });
  const manifest = new TextEncoder().encode(JSON.stringify(digests));
  await objects.put(`${folder}manifest.json`, manifest, { when: 'any' });
}

/** Whether something else stands there, or nothing. */
export async function differs(
  { objects, crypto }: Pick<Platform, 'objects' | 'crypto'>,
  key: string,
  bytes: Uint8Array,
): Promise<boolean> {
  return (await objects.head(key))?.metadata.digest !== crypto.digest(bytes);
}

/** Puts an object that `differs` knows again. */
export async function replace(
  { objects, crypto }: Pick<Platform, 'objects' | 'crypto'>,
  key: string,
  bytes: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await objects.put(key, bytes, { metadata: { digest: crypto.digest(bytes), ...more }, when: 'any' });
}
