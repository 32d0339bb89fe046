import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { State, StateItem } from '../../shared/platform.ts';
import { inCaseFull } from './lake-full.ts';

/** The state in one SQLite file: whole after a crash, a version an item. */
export function sqliteState(path: string): State & { readonly close: () => void } {
  const written = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      throw inCaseFull(error, dirname(path));
    }
  };
  const db = new DatabaseSync(path);
  db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000');
  written(() =>
    db.exec(
      'create table if not exists item (grp text, key text, data text, version integer, primary key (grp, key)) without rowid',
    ),
  );
  const get = db.prepare('select data, version from item where grp = ? and key = ?');
  const insert = db.prepare('insert into item values (?, ?, ?, 1) on conflict do nothing');
  const update = db.prepare(
    'update item set data = ?, version = version + 1 where grp = ? and key = ? and version = ?',
  );
  const remove = db.prepare('delete from item where grp = ? and key = ? and version = ?');
  const add = db.prepare(
    'insert into item values (?, ?, cast(? as text), 1) on conflict do update set data = cast(cast(data as real) + ? as text), version = version + 1 returning data',
  );
  const range = db.prepare('select key, data, version from item where grp = ? and key >= ? and key < ? order by key');
  const open = (group: string, key: string, row: Record<string, unknown>): StateItem => ({
    group,
    key,
    data: JSON.parse(String(row.data)),
    version: Number(row.version),
  });
  return {
    get: async ({ group, key }) => {
      const row = get.get(group, key);
      return row === undefined ? null : open(group, key, row);
    },
    update: async ({ group, key }, data, expected) => {
      const json = JSON.stringify(data);
      const done = written(() =>
        expected === null ? insert.run(group, key, json) : update.run(json, group, key, expected),
      );
      return done.changes === 1;
    },
    remove: async ({ group, key }, expected) => written(() => remove.run(group, key, expected)).changes === 1,
    add: async ({ group, key }, amount) => Number(written(() => add.get(group, key, amount, amount))?.data),
    range: async function* (group, from = '', to = '\u{10ffff}') {
      for (const row of range.all(group, from, to)) yield open(group, String(row.key), row);
    },
    close: () => db.close(),
  };
}
