import { tombstones } from '../collect/names.ts';
import type { Platform } from '../platform.ts';
import { pseudonyms } from '../pseudonym.ts';
import { type AnyRow, prefixOf } from '../table.ts';
import { identities } from '../tables/index.ts';
import type { Day } from '../time.ts';
import { checkTogether } from './check.ts';
import { readFiles } from './files.ts';
import { ReferenceRefused } from './problem.ts';
import { rowsOf } from './rows.ts';
import { differs, fileOf, type Pushed, placeVersion, replace } from './version.ts';

/** The files of a company that has given none yet: nobody in no team, so that everything is unattributed, and says so. */
export const NOBODY: Readonly<Record<string, string>> = {
  'people.csv': 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n',
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\n',
};

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
  const known = (rows.identities ?? []).filter(({ id }) => !erased.has(String(id)));
  const people = `${prefixOf(identities)}people.parquet`;
  const named = await fileOf(platform, identities, known);
  if (await differs(platform, people, named)) await replace(platform, people, named);
  return placeVersion(platform, (table) => fileOf(platform, table, rows[table.name] ?? []));
}
