import { bytesIn } from '../bytes.ts';
import { tombstones } from '../collect/names.ts';
import { inOrder } from '../collect/rows.ts';
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
  for (const [table, bytes] of files)
    await platform.objects.put(`reference-versions/${version}/${table.name}.parquet`, bytes, { when: 'any' });
  await platform.objects.put(
    `reference-versions/${version}/manifest.json`,
    new TextEncoder().encode(JSON.stringify(Object.fromEntries(digests))),
    { when: 'any' },
  );
  const known = (rows.identities ?? []).filter(({ id }) => !erased.has(String(id)));
  await replace(platform, `${prefixOf(identities)}people.parquet`, await file(platform, identities, known));
  const changed: string[] = [];
  for (const [table, bytes] of files) {
    if (await replace(platform, `${prefixOf(table)}data.parquet`, bytes, { version })) changed.push(table.name);
  }
  return { version, changed, rows: Object.fromEntries(REFERENCE.map(({ name }) => [name, rows[name]?.length ?? 0])) };
}

const file = ({ codec }: Pick<Platform, 'codec'>, table: Table, rows: readonly AnyRow[]): Promise<Uint8Array> =>
  bytesIn(codec.writeParquet(table, inOrder(table, [...rows])));

/** Puts only what differs; true when it did. */
async function replace(
  { objects, crypto }: Pick<Platform, 'objects' | 'crypto'>,
  key: string,
  bytes: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const digest = crypto.digest(bytes);
  if ((await objects.head(key))?.metadata.digest === digest) return false;
  await objects.put(key, bytes, { metadata: { digest, ...more }, when: 'any' });
  return true;
}
