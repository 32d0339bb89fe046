import { bytesIn } from '../bytes.ts';
import type { Platform } from '../platform.ts';
import type { AnySource, Connection, Identity, Principal } from '../source.ts';
import { type AnyRow, prefixOf, type Table } from '../table.ts';
import { identities } from '../tables/identities.ts';
import { principals } from '../tables/principals.ts';
import { billingPeriodOf, type Day } from '../time.ts';
import { inOrder } from './rows.ts';

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

/** Rows by key, the newly told winning; written only when something is new. */
async function merge(
  ports: Ports,
  table: Table,
  at: string,
  told: readonly AnyRow[],
  keyOf: (row: AnyRow) => string,
): Promise<void> {
  for (;;) {
    const stored = await ports.objects.get(at);
    const known = new Map<string, AnyRow>();
    if (stored !== null)
      for (const row of await ports.codec.readParquet(table, stored.body)) known.set(keyOf(row), row);
    const before = JSON.stringify([...known.values()]);
    // One answer may tell the same id twice, differently: the order of pages must not decide.
    for (const row of inOrder(
      table,
      told.map((row) => complete(table, row)),
    ))
      known.set(keyOf(row), row);
    const rows = inOrder(table, [...known.values()]);
    if (stored !== null && JSON.stringify(rows) === before) return;
    const file = await bytesIn(ports.codec.writeParquet(table, rows));
    if ((await ports.objects.put(at, file, { when: stored === null ? 'absent' : { match: stored.etag } })) !== null)
      return;
  }
}

/** A row with its columns in the table's order, so that equal rows are equal texts. */
const complete = (table: Table, row: AnyRow): AnyRow =>
  Object.fromEntries(Object.keys(table.columns).map((name) => [name, row[name] ?? null]));
