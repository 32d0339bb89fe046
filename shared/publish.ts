import * as z from 'zod';
import type { Platform } from './platform.ts';
import type { Table } from './table.ts';

/** What publishing did. */
export interface Published {
  readonly views: readonly string[];
  readonly unchanged: number;
}

/** Texts by name, lower layers first, and the tables below them. */
export interface Publishing {
  readonly queries: ReadonlyMap<string, string>;
  /** Tables whose months are made from the query of the same name: no views. */
  readonly materialised: readonly Table[];
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
  { queries, materialised, tables, all }: Publishing,
): Promise<Published> {
  const made = new Set(materialised.map(({ name }) => name));
  const views = [...queries].filter(([name]) => !made.has(name));
  const hashes = new Map([...tables, ...materialised].map((table) => [table.name, crypto.digest(shapeOf(table))]));
  const reads = new Map<string, readonly string[]>();
  const known = new Map<string, Awaited<ReturnType<typeof state.get>>>();
  const changed: [name: string, sql: string][] = [];
  for (const [name, sql] of views) {
    const below = namesIn(sql).filter((word) => hashes.has(word));
    reads.set(name, below);
    hashes.set(name, crypto.digest([sql, ...below.map((word) => hashes.get(word))].join('\n')));
    const item = await state.get({ group: GROUP, key: name });
    known.set(name, item);
    if (all || item === null || stored.parse(item.data).hash !== hashes.get(name)) changed.push([name, sql]);
  }
  for (const [name, sql] of changed) {
    const below = views.filter(([other]) => isBelow(reads, name, other));
    await trying(name, async () => {
      for await (const _ of warehouse.rows(trial(below, sql)));
    });
  }
  for (const [name, sql] of changed) {
    await trying(name, () => warehouse.view(name, sql));
    const item = known.get(name);
    await state.update({ group: GROUP, key: name }, { hash: hashes.get(name) }, item?.version ?? null);
  }
  return { views: changed.map(([name]) => name), unchanged: views.length - changed.length };
}

/** The view's select over the new form of all views below it, without a row: wrong names and types show, nothing is read. */
function trial(below: readonly (readonly [string, string])[], sql: string): string {
  const steps = below.map(([name, text]) => `${name} as (\n${text}\n)`);
  const heading = steps.length === 0 ? '' : `with ${steps.join(',\n')}\n`;
  return `${heading}select * from (\n${sql}\n) as trial limit 0`;
}

/** Whether `other` is read by `name`, directly or through a view. */
const isBelow = (reads: ReadonlyMap<string, readonly string[]>, name: string, other: string): boolean =>
  (reads.get(name) ?? []).some((word) => word === other || isBelow(reads, word, other));

/** Words of a query that could name a table; comments and texts left out. */
const namesIn = (sql: string): string[] => [
  ...new Set(
    sql
      .replaceAll(/--.*$/gm, '')
      .replaceAll(/'[^']*'/g, '')
      .match(/[a-z_][a-z0-9_]*/g) ?? [],
  ),
];

const shapeOf = ({ columns }: Table): string =>
  Object.entries(columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join();

async function trying(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`view ${name} cannot be published, the former views stay: ${told}`, { cause });
  }
}
