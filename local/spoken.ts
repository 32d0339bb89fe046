import type { Warehouse } from '../shared/platform.ts';
import type { Queries } from '../shared/queries.ts';

/** A check or finding and what it said: a sentence a row, none when all is well. */
export interface Spoken {
  readonly name: string;
  readonly says: readonly string[];
}

/** What every query of a layer says. */
export async function spoken(
  { rows }: Pick<Warehouse, 'rows'>,
  queries: Queries,
  layer: 'checks' | 'findings',
): Promise<Spoken[]> {
  const all: Spoken[] = [];
  for (const { name } of [...queries.values()].filter((query) => query.layer === layer)) {
    const says: string[] = [];
    for await (const row of rows(`select says from ${name}`)) says.push(row.says ?? '');
    all.push({ name, says: says.toSorted() });
  }
  return all;
}
