import * as z from 'zod';
import type { Platform } from '../platform.ts';
import { isPseudonym } from '../pseudonym.ts';
import { prefixOf, type Table } from '../table.ts';
import { identities, teams } from '../tables/index.ts';

/** A name for an id of a person, a key or a team; null: none is known. Put on only where somebody reads. */
export type Labels = (id: string) => string | null;

const identity = z.object({
  id: z.string(),
  source: z.string(),
  email: z.string().nullable(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  label: z.string().nullable(),
});
const team = z.object({ team_id: z.string(), team_name: z.string() });

/**
 * Labels from the tables of identities and teams; the company's own directory before the vendors'. Where people are not
 * to be shown they stay pseudonyms.
 */
export async function loadLabels(
  { objects, codec }: Pick<Platform, 'objects' | 'codec'>,
  showPeople: boolean,
): Promise<Labels> {
  const known = new Map<string, string>();
  const rowsOf = async (table: Table, key: string) => {
    const stored = await objects.get(key);
    return stored === null ? [] : codec.readParquet(table, stored.body);
  };
  for await (const { key } of objects.list(prefixOf(identities))) {
    if (!key.endsWith('.parquet')) continue;
    for (const row of await rowsOf(identities, key)) {
      const { id, source, email, login, name, label } = identity.parse(row);
      const shown = name ?? label ?? login ?? email;
      if (shown !== null && (source === 'people' || !known.has(id))) known.set(id, shown);
    }
  }
  for (const row of await rowsOf(teams, `${prefixOf(teams)}data.parquet`)) {
    const { team_id, team_name } = team.parse(row);
    known.set(team_id, team_name);
  }
  const labels: Labels = (id) => known.get(id) ?? null;
  return showPeople ? labels : withoutPeople(labels);
}

/** The labels of keys and teams alone: people stay pseudonyms. */
export const withoutPeople =
  (labels: Labels): Labels =>
  (id) =>
    isPseudonym(id) ? null : labels(id);
