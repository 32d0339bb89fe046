import type { QueryRow } from '../../shared/platform.ts';
import type { Query } from './select.ts';

/** Rows by the select that was asked. */
export type Answers = Readonly<Record<string, readonly QueryRow[]>>;

/** A query that remembers its answers until it is told to forget them. */
export interface Remembered {
  readonly query: Query;
  /** Forgets what names a table, or everything. */
  readonly forget: (table?: string) => void;
  /** All that is remembered. */
  readonly answers: () => Promise<Answers>;
}

/** The same rows again without asking: most of a page does not change with a filter. `before`: what is known already. */
export function remembering(query: Query, before: Answers = {}): Remembered {
  const known = new Map(Object.entries(before).map(([sql, rows]) => [sql, Promise.resolve(rows)]));
  return {
    query: (sql) => {
      const answer = known.get(sql) ?? query(sql);
      known.set(sql, answer);
      // A failure is asked again.
      answer.catch(() => known.delete(sql));
      return answer;
    },
    forget: (table = '') => {
      for (const sql of known.keys()) if (sql.includes(table)) known.delete(sql);
    },
    answers: async () =>
      Object.fromEntries(await Promise.all([...known].map(async ([sql, rows]) => [sql, await rows]))),
  };
}
