import { bytesIn } from './bytes.ts';
import type { Platform } from './platform.ts';
import { pseudonyms } from './pseudonym.ts';
import { type AnyRow, prefixOf } from './table.ts';
import { cloudPrincipals } from './tables/cloud-bill.ts';
import { identities } from './tables/identities.ts';

/** What was erased. */
export interface Forgotten {
  /** Pseudonyms of theirs: of the person, and of each account that carried the name. */
  readonly ids: readonly string[];
  readonly rows: number;
}

/**
 * Erases a person's names: every row of theirs in `identities` goes, a tombstone of each pseudonym stays, which the next
 * directory read and push respect. Costs keep their pseudonym, which nobody can resolve any more.
 * @param person an address, or a pseudonym
 */
export async function forget(
  platform: Pick<Platform, 'objects' | 'codec' | 'state' | 'crypto'>,
  person: string,
): Promise<Forgotten> {
  const given = person.includes('@') ? pseudonyms(platform.crypto).email(person) : person;
  const tables = new Map<string, readonly AnyRow[]>();
  for await (const { key } of platform.objects.list(prefixOf(identities))) {
    const stored = await platform.objects.get(key);
    if (stored !== null) tables.set(key, await platform.codec.readParquet(identities, stored.body));
  }
  const all = [...tables.values()].flat();
  const ids = theirs(all, given, platform);
  // Tombstones first: a read that happens meanwhile brings nothing back.
  for (const id of ids) await platform.state.update({ group: 'tombstone', key: id }, {}, null);
  let rows = 0;
  for (const [key, held] of tables) {
    const left = held.filter(({ id }) => !ids.has(String(id)));
    if (left.length === held.length) continue;
    rows += held.length - left.length;
    await platform.objects.put(key, await bytesIn(platform.codec.writeParquet(identities, left)), { when: 'any' });
  }
  rows += await forgetCaller(platform, ids);
  return { ids: [...ids].sort(), rows };
}

/** Takes the person out of the callers that the AWS bill names; the bill itself is AWS's. */
async function forgetCaller(
  { objects, codec }: Pick<Platform, 'objects' | 'codec'>,
  ids: ReadonlySet<string>,
): Promise<number> {
  const key = `${prefixOf(cloudPrincipals)}data.parquet`;
  const stored = await objects.get(key);
  if (stored === null) return 0;
  const held = await codec.readParquet(cloudPrincipals, stored.body);
  const left = held.filter(({ principal_id }) => !ids.has(String(principal_id)));
  if (left.length < held.length)
    await objects.put(key, await bytesIn(codec.writeParquet(cloudPrincipals, left)), { when: 'any' });
  return held.length - left.length;
}

/** The person's own pseudonym, and those of accounts under an address of theirs. */
function theirs(rows: readonly AnyRow[], given: string, platform: Pick<Platform, 'crypto'>): Set<string> {
  const names = pseudonyms(platform.crypto);
  const ids = new Set([given]);
  const hintOf = ({ email }: AnyRow): string | null => (typeof email === 'string' ? names.email(email) : null);
  for (const row of rows) {
    if (row.id !== given) continue;
    const hint = hintOf(row);
    if (hint !== null) ids.add(hint);
  }
  for (const row of rows) {
    const hint = hintOf(row);
    if (row.kind === 'person' && hint !== null && ids.has(hint)) ids.add(String(row.id));
  }
  return ids;
}
