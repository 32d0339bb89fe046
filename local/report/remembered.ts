import type { Query } from './select.ts';

/** A query that remembers its answers until it is told to forget them. */
export interface Remembered {
  readonly query: Query;
  /** Forgets what names a table, or everything. */
  readonly forget: (table?: string) => void;
}

/** The same rows again without asking: most of a page does not change with a filter. */
export function remembering(query: Query): Remembered {
  const known = new Map<string, ReturnType<Query>>();
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
  };
}
