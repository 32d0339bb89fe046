import type { Query } from './select.ts';

/** The same rows again without asking: most of a page does not change with a filter. */
export function remembering(query: Query): {
  readonly query: Query;
  /** Forgets what names a table, or everything. */
  readonly forget: (table?: string) => void;
} {
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
