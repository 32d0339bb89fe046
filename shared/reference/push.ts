import { bytesIn } from '../bytes.ts';
import { tombstones } from '../collect/names.ts';
import { inOrder } from '../collect/order.ts';
import type { Platform } from '../platform.ts';
import { pseudonyms } from '../pseudonym.ts';
import { type AnyRow, prefixOf, type Table } from '../table.ts';
import { identities, REFERENCE } from '../tables/index.ts';
import type { Day } from '../time.ts';
import { checkTogether } from './check.ts';
import { readFiles } from './files.ts';
import { ReferenceRefused } from './problem.ts';
import { rowsOf } from './rows.ts';

/** What a push did. */
export interface Pushed {
  /** Content address of the version; the same files give the same one. */
  readonly version: string;
  readonly rows: Readonly<Record<string, number>>;
  /** Tables that differ from what stood before. */
  readonly changed: readonly string[];
}

/** Reads and checks the files as a whole. @throws ReferenceRefused with every mistake; nothing is taken in then. */
export function checkReference(texts: Readonly<Record<string, string>>): ReturnType<typeof readFiles>['lines'] {
  const { lines, problems } = readFiles(texts);
  // What is wrong cell by cell would only show again between the files.
  const all = problems.length > 0 ? problems : checkTogether(lines);
  if (all.length > 0) throw new ReferenceRefused(all);
  return lines;
}

/**
 * Takes reference files in: keeps them as an immutable version, then points each table at it by one put.
 * Pushing the same files again changes nothing.
 * @throws ReferenceRefused
 */
export async function pushReference(
  platform: Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state'>,
  texts: Readonly<Record<string, string>>,
  range: { readonly from: Day; readonly to: Day },
): Promise<Pushed> {
  const rows: Readonly<Record<string, readonly AnyRow[]>> = {
    ...rowsOf(checkReference(texts), { names: pseudonyms(platform.crypto), digest: platform.crypto.digest }, range),
  };
  const erased = await tombstones(platform);
  const files = new Map<Table, Uint8Array>();
  for (const table of REFERENCE) files.set(table, await file(platform, table, rows[table.name] ?? []));
  const digests = [...files].map(([{ name }, bytes]) => [name, platform.crypto.digest(bytes)] as const);
  const version = platform.crypto.digest(JSON.stringify(digests)).slice(0, 16);
  const changed: [Table, Uint8Array][] = [];
  for (const [table, bytes] of files) if (await differs(platform, keyOf(table), bytes)) changed.push([table, bytes]);
  // Where no table differs, this is the version that stands, and it was kept before the tables pointed at it.
  if (changed.length > 0) await keepVersion(platform, version, files, Object.fromEntries(digests));
  const known = (rows.identities ?? []).filter(({ id }) => !erased.has(String(id)));
  const people = `${prefixOf(identities)}people.parquet`;
  const named = await file(platform, identities, known);
  if (await differs(platform, people, named)) await replace(platform, people, named);
  for (const [table, bytes] of changed) await replace(platform, keyOf(table), bytes, { version });
  return {
    version,
    changed: changed.map(([{ name }]) => name),
    rows: Object.fromEntries(REFERENCE.map(({ name }) => [name, rows[name]?.length ?? 0])),
  };
}

const keyOf = (table: Table): string => `${prefixOf(table)}data.parquet`;

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

const file = ({ codec }: Pick<Platform, 'codec'>, table: Table, rows: readonly AnyRow[]): Promise<Uint8Array> =>
  bytesIn(codec.writeParquet(table, inOrder(table, [...rows])));

async function differs(
  { objects, crypto }: Pick<Platform, 'objects' | 'crypto'>,
  key: string,
  bytes: Uint8Array,
): Promise<boolean> {
  return (await objects.head(key))?.metadata.digest !== crypto.digest(bytes);
}

async function replace(
  { objects, crypto }: Pick<Platform, 'objects' | 'crypto'>,
  key: string,
  bytes: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await objects.put(key, bytes, { metadata: { digest: crypto.digest(bytes), ...more }, when: 'any' });
}
