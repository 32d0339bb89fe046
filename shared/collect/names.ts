import { bytesIn } from '../bytes.ts';
import type { Platform } from '../platform.ts';
import type { AnySource, Connection, Identity, Principal } from '../source.ts';
import { type AnyRow, prefixOf, type Table } from '../table.ts';
import { identities } from '../tables/identities.ts';
import { principals } from '../tables/principals.ts';
import { billingPeriodOf, type Day } from '../time.ts';
import { inOrder } from './order.ts';

type Ports = Pick<Platform, 'objects' | 'codec' | 'state'>;

/**
 * Adds names to the one table that knows names. A person who was erased stays erased: tombstones are asked first.
 */
export async function rememberNames(
  ports: Ports,
  source: AnySource,
  connection: Connection,
  told: readonly Identity[],
): Promise<void> {
  if (told.length === 0) return;
  const erased = await tombstones(ports);
  const fresh = told
    .filter(({ id }) => !erased.has(id))
    .map((identity) => ({ ...identity, source: source.id, connection_id: connection.id }));
  await merge(
    ports,
    identities,
    `${prefixOf(identities)}${fileOf(source, connection)}.parquet`,
    fresh,
    ({ id, kind }) => `${String(kind)} ${String(id)}`,
  );
}

/**
 * Adds the principals that usage named in a month: a directory forgets who has left, usage does not.
 * They count from the first day of their month, under a key of their own.
 */
export async function rememberMet(
  ports: Ports,
  source: AnySource,
  connection: Connection,
  day: Day,
  met: readonly Principal[],
): Promise<void> {
  if (met.length === 0) return;
  const period = billingPeriodOf(day);
  const rows = met.map((principal) => ({
    ...principal,
    day: `${period}-01`,
    source: source.id,
    connection_id: connection.id,
    provider: source.vendor,
  }));
  await merge(
    ports,
    principals,
    `${prefixOf(principals, period)}${fileOf(source, connection)}.met.parquet`,
    rows,
    ({ id, kind }) => `${String(kind)} ${String(id)}`,
  );
}

/** Ids of people who were erased. */
export async function tombstones({ state }: Pick<Platform, 'state'>): Promise<ReadonlySet<string>> {
  const erased = new Set<string>();
  for await (const { key } of state.range('tombstone')) erased.add(key);
  return erased;
}

const fileOf = (source: AnySource, { id }: Connection): string => `${source.id}.${id.slice(id.indexOf('.') + 1)}`;

/** Adds rows to those that stand, by key; written only when something is new. */
async function merge(
  ports: Ports,
  table: Table,
  at: string,
  told: readonly AnyRow[],
  keyOf: (row: AnyRow) => string,
): Promise<void> {
  for (;;) {
    const stored = await ports.objects.get(at);
    const standing = stored === null ? [] : await ports.codec.readParquet(table, stored.body);
    const known = new Map<string, AnyRow>();
    for (const row of [...standing, ...told]) known.set(keyOf(row), joined(table, known.get(keyOf(row)), row));
    const rows = inOrder(table, [...known.values()]);
    if (stored !== null && JSON.stringify(rows) === JSON.stringify(standing)) return;
    const file = await bytesIn(ports.codec.writeParquet(table, rows));
    if ((await ports.objects.put(at, file, { when: stored === null ? 'absent' : { match: stored.etag } })) !== null)
      return;
  }
}

/**
 * Two tellings of the same id as one, column by column: what is told over what is not, then the greater text. Whichever
 * came first, the end is the same: the order of pages and windows must not show.
 */
function joined(table: Table, one: AnyRow | undefined, other: AnyRow): AnyRow {
  const both = Object.keys(table.columns).map((name): [string, unknown] => {
    const [a, b] = [one?.[name] ?? null, other[name] ?? null];
    return [name, a === null || (b !== null && String(b) > String(a)) ? b : a];
  });
  return Object.fromEntries(both);
}
