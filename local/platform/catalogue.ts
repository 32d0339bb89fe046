import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { billTable, isBillTable } from '../../shared/cloud-bill/bill.ts';
import { prefixOf, type Table } from '../../shared/table.ts';
import { COPIES, COPY_CANDIDATES } from '../../shared/tables/copies.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../../shared/tables/materialised.ts';
import { billRelation, readBills } from '../cloud-bill/lake.ts';
import { folderStamp } from './folder-stamp.ts';
import { readPointers } from './pointers.ts';
import { alikeSql, relationOf } from './relation.ts';
import { smallFiles } from './small-table.ts';
import { withSteps } from './steps.ts';

const WORD = /[a-z_][a-z0-9_]*/g;

/** What an engine knows by name: the lake's tables and the views over them. */
export interface Catalogue {
  /** Names a view; it stands for its text in what is asked. */
  readonly view: (name: string, sql: string) => void;
  /**
   * A statement that an engine can run: the views it reads are its first steps, and the tables below them are created as
   * their files stand now. A view created would be planned once more for itself, and again for each one above it.
   */
  readonly ready: (sql: string) => Promise<string>;
}

/** The catalogue of a lake's folder; it changes on one connection alone. A table of at most `held` bytes is held in memory. */
export function lakeCatalogue(root: string, connection: DuckDBConnection, held: number): Catalogue {
  const tables = new Map<string, Table>(
    [...TABLES, ...MATERIALISED, ...COPIES, ...CANDIDATES, ...COPY_CANDIDATES].map((table) => [table.name, table]),
  );
  const views = new Map<string, string>();
  /** What a table was created as, and the state of its folder then. */
  const standing = new Map<string, string>();
  const stamps = new Map<string, string>();
  /** What each view reads of these names. */
  const reads = new Map<string, readonly string[]>();

  const named = (sql: string): string[] => {
    const names = new Set([...sql.matchAll(WORD)].map(([name]) => name));
    return [...names].filter((name) => views.has(name) || tables.has(name) || isBillTable(name));
  };
  /** Names that a text reads, however deep; a word that only looks like one does no harm. */
  const reached = (sql: string): Set<string> => {
    const all = new Set(named(sql));
    // A set is walked on through what is added meanwhile.
    for (const name of all) {
      const known = reads.get(name) ?? named(views.get(name) ?? '');
      reads.set(name, known);
      for (const deeper of known) all.add(deeper);
    }
    return all;
  };

  const create = async (name: string, sql: string): Promise<void> => {
    if (standing.get(name) === sql) return;
    await connection.run(`create or replace view ${name} as ${sql}`);
    standing.set(name, sql);
  };
  const renew = async (table: Table): Promise<void> => {
    const { name } = table;
    const stamp = folderStamp(join(root, prefixOf(table)));
    if (stamp !== null && stamps.get(name) === stamp) return;
    const files = smallFiles(root, table, held);
    const pointers = table.area === 'marts' ? readPointers(root, name) : null;
    const sql = relationOf(root, table, pointers, files === null && pointers === null && (await areAlike(table)));
    if (files === null) await create(name, sql);
    else {
      const is = `${sql} ${files}`;
      if (standing.get(`held_${name}`) !== is) await connection.run(`create or replace table held_${name} as ${sql}`);
      standing.set(`held_${name}`, is);
      await create(name, `select * from held_${name}`);
    }
    if (stamp !== null) stamps.set(name, stamp);
  };
  const areAlike = async (table: Table): Promise<boolean> => {
    const sql = alikeSql(root, table);
    return sql !== null && (await connection.runAndReadAll(sql)).getRows()[0]?.[0] === true;
  };
  const createAll = async (names: ReadonlySet<string>): Promise<void> => {
    for (const name of names) {
      const table = tables.get(name);
      if (table !== undefined && !views.has(name)) await renew(table);
      if (!isBillTable(name)) continue;
      const bill = readBills(root).find((one) => billTable(one) === name);
      if (bill !== undefined) await create(name, billRelation(root, bill));
    }
  };

  let turn: Promise<unknown> = Promise.resolve();
  return {
    view: (name, sql) => {
      views.set(name, sql);
      reads.clear();
    },
    ready: async (sql) => {
      const names = reached(sql);
      // One change at a time: two at once would refuse each other.
      const work = (): Promise<void> => createAll(names);
      const done = turn.then(work, work);
      turn = done;
      await done;
      // As they were named: each stands on those before it.
      return withSteps(
        [...views].filter(([name]) => names.has(name)),
        sql,
      );
    },
  };
}
