import * as z from 'zod';
import type { Platform } from './platform.ts';
import { below, type Queries, type Query } from './queries.ts';
import type { Table } from './table.ts';

/** What publishing did. */
export interface Published {
  readonly views: readonly string[];
  readonly unchanged: number;
}

/** What is published. */
export interface Publishing {
  readonly queries: Queries;
  /** Tables that queries read: a changed column makes the views above it new. */
  readonly tables: readonly Table[];
  /** Publishes what has not changed too: a new catalogue knows no view. */
  readonly all: boolean;
}

const GROUP = 'view';
const stored = z.object({ hash: z.string() });

/**
 * Puts changed views and all that read them into the warehouse, in order. Every one of them is tried first, with what it
 * reads in its new form, so that a view that fails leaves all former ones standing.
 * @throws Error naming the view, with the engine's words.
 */
export async function publish(
  { warehouse, state, crypto }: Pick<Platform, 'warehouse' | 'state' | 'crypto'>,
  { queries, tables, all }: Publishing,
): Promise<Published> {
  const views = [...queries.values()].filter(({ materialised }) => !materialised);
  const shapes = new Map(tables.map((table) => [table.name, shapeOf(table)]));
  const changed: { readonly view: Query; readonly hash: string; readonly version: number | null }[] = [];
  for (const view of views) {
    const texts = [...below(queries, view.name)].map((name) => [name, queries.get(name)?.sql, shapes.get(name)]);
    const hash = crypto.digest(JSON.stringify(texts));
    const item = await state.get({ group: GROUP, key: view.name });
    const known = item === null ? null : stored.parse(item.data).hash;
    if (all || known !== hash) changed.push({ view, hash, version: item?.version ?? null });
  }
  for (const { view } of changed)
    await trying(view, async () => {
      for await (const _ of warehouse.rows(trial(view, queries)));
    });
  for (const { view, hash, version } of changed) {
    await trying(view, () => warehouse.view(view.name, view.sql));
    await state.update({ group: GROUP, key: view.name }, { hash }, version);
  }
  return { views: changed.map(({ view }) => view.name), unchanged: views.length - changed.length };
}

/** The view's select over the new form of the views below it, without a row: wrong names and types show, nothing is read. */
function trial(view: Query, queries: Queries): string {
  const wanted = viewsBelow(queries, view);
  const steps = [...queries.values()]
    .filter(({ name }) => wanted.has(name))
    .map(({ name, sql }) => `${name} as (\n${sql}\n)`);
  return `${steps.length === 0 ? '' : `with ${steps.join(',\n')}\n`}select * from (\n${view.sql}\n) as trial limit 0`;
}

/** Views that a view reads, through other views; a materialised table is read as it stands. */
function viewsBelow(queries: Queries, { reads }: Query): ReadonlySet<string> {
  const direct = reads.flatMap((name) => queries.get(name) ?? []).filter(({ materialised }) => !materialised);
  return new Set(direct.flatMap((query) => [query.name, ...viewsBelow(queries, query)]));
}

const shapeOf = ({ columns }: Table): string =>
  Object.entries(columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join();

async function trying({ name }: Query, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`view ${name} cannot be published, the former views stay: ${told}`, { cause });
  }
}
