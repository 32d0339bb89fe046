import { VENDORS } from '../../shared/sources/index.ts';
import { named, type Query, select } from './select.ts';

/** What may have a name for people. */
export type Labelled = 'team' | 'person' | 'credential' | 'workspace' | 'provider';

/** The name of an id for people, put on at the last moment; null when there is none. */
export type Labels = (kind: Labelled, id: string) => string | null;

// Vendors write their own names so; what is sold through a cloud's bill has no vendor here.
const PROVIDERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(VENDORS.map(({ id, title }) => [id, title])),
  amazon_bedrock: 'Amazon Bedrock',
};

/** An id shortened for people when it has no name. */
export const shortened = (id: string): string => (id.length > 18 ? `${id.slice(0, 14)}…` : id);

// Some vendors call a service by a whole address.
const LONGEST = 40;

/** The name, or the id shortened. */
export function nameOf(labels: Labels, kind: Labelled, id: string): string {
  const name = labels(kind, id);
  if (name === null) return shortened(id);
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

/** Reads the names the lake knows: teams as told, people by login (a handle), keys and workspaces by label. */
export async function readLabels(query: Query): Promise<Labels> {
  const names = new Map<string, string>();
  for (const { team_id, team_name } of await query(select({ columns: named('team_id', 'team_name'), from: 'teams' }))) {
    if (team_id && team_name) names.set(`team ${team_id}`, team_name);
  }
  const columns = named('id', 'kind', 'email', 'login', 'name', 'label');
  for (const { id, kind, email, login, name, label } of await query(
    select({ columns, from: 'identities', order: ['id', 'source'] }),
  )) {
    const words = label ?? login ?? email?.split('@')[0] ?? name;
    if (id && words) names.set(`id ${id}`, kind === 'person' ? (login ?? email?.split('@')[0] ?? words) : words);
  }
  return (kind, id) => {
    if (kind === 'provider') return PROVIDERS[id] ?? null;
    return names.get(kind === 'team' ? `team ${id}` : `id ${id}`) ?? null;
  };
}
