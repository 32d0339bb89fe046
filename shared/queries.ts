/** Layers of queries, in the order in which they may read each other. */
export const LAYERS = ['staging', 'core', 'marts', 'findings', 'checks'] as const;

/** A layer: the folder a query stands in. */
export type Layer = (typeof LAYERS)[number];

/** One query: a file of queries/, the view of that name. */
export interface Query {
  readonly name: string;
  readonly layer: Layer;
  /** The file's first line without the comment mark: what a row is. */
  readonly grain: string;
  /** The file as it stands: a bare select. */
  readonly sql: string;
  /** Whether it is made a month at a time instead of being a view. */
  readonly materialised: boolean;
  /** Queries and tables it reads, sorted. */
  readonly reads: readonly string[];
}

/** All queries by name, each after those it reads. */
export type Queries = ReadonlyMap<string, Query>;

const PATH = /(?:^|\/)(staging|core|marts|findings|checks)\/([a-z][a-z0-9_]*)\.sql$/;

/**
 * Reads queries out of their files.
 * @param files text by path; a path ends in `<layer>/<name>.sql`
 * @param materialised names of those made a month at a time
 * @throws Error when a path is no query's, two have one name, or queries read each other in a circle
 */
export function queriesOf(files: ReadonlyMap<string, string>, materialised: readonly string[]): Queries {
  const found = new Map<string, Query>();
  for (const [path, sql] of files) {
    const [, layer, name] = PATH.exec(path) ?? [];
    if (layer === undefined || name === undefined || !isLayer(layer))
      throw new Error(`${path} is no query: it must stand in ${LAYERS.join(', ')} and be named in snake_case`);
    if (found.has(name)) throw new Error(`${path}: a query of this name stands in ${found.get(name)?.layer} already`);
    const grain = /^-- (.+)\n/.exec(sql)?.[1] ?? '';
    found.set(name, { name, layer, grain, sql, materialised: materialised.includes(name), reads: readsOf(sql) });
  }
  return inOrder(found);
}

const isLayer = (text: string): text is Layer => LAYERS.some((layer) => layer === text);

/** SQL without comments and without what stands in quotes; a comment's mark in quotes is no comment. */
export const bare = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|--[^\n]*/g, (found) => (found.startsWith("'") ? "''" : ' '));

/** Names after `from` and `join` that are not CTEs of the query itself, sorted. */
export function readsOf(sql: string): readonly string[] {
  const text = bare(sql);
  const own = new Set([...text.matchAll(/(?:\bwith|\)\s*,)\s+([a-z_][a-z0-9_]*)\s+as\s*\(/gi)].map(([, name]) => name));
  const named = [...text.matchAll(/(?<!\bdistinct )\b(?:from|join)\s+([a-z_][a-z0-9_]*)/gi)].map(
    ([, name = '']) => name,
  );
  return [...new Set(named.filter((name) => !own.has(name) && name !== 'unnest'))].toSorted();
}

function inOrder(found: ReadonlyMap<string, Query>): Queries {
  const ordered = new Map<string, Query>();
  const visit = (query: Query, above: readonly string[]): void => {
    if (ordered.has(query.name)) return;
    if (above.includes(query.name))
      throw new Error(`queries read each other: ${[...above, query.name].join(' reads ')}`);
    for (const read of query.reads) {
      const below = found.get(read);
      if (below !== undefined) visit(below, [...above, query.name]);
    }
    ordered.set(query.name, query);
  };
  const byFolder = [...found.values()].toSorted(
    (a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) || (a.name < b.name ? -1 : 1),
  );
  for (const query of byFolder) visit(query, []);
  return ordered;
}

/** Queries and tables below a query, itself included: all whose text decides what it answers. */
export function below(queries: Queries, name: string): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (next: string): void => {
    if (all.has(next)) return;
    all.add(next);
    for (const read of queries.get(next)?.reads ?? []) visit(read);
  };
  visit(name);
  return all;
}
