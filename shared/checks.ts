import { atOnce } from './materialise/at-once.ts';
import type { Platform, QueryRow } from './platform.ts';
import type { Queries } from './queries.ts';

/** What a check or finding says. */
export interface Said {
  readonly name: string;
  /** The claim, or what a row is. */
  readonly grain: string;
  readonly rows: readonly QueryRow[];
  /** Rows there are, also those not kept. */
  readonly count: number;
}

/** Rows kept of one query: enough to act on, few enough to print. */
const KEPT = 1000;
/** Queries at a time: planning one takes one core, whatever the engine has. */
const AT_ONCE = 2;

/** Runs every check; a check that has a row has failed, by a fault of ours. */
export const runChecks = (ports: Pick<Platform, 'warehouse'>, queries: Queries): Promise<Said[]> =>
  run(ports, queries, 'checks');

/** Runs every finding; a row goes to a person. */
export const runFindings = (ports: Pick<Platform, 'warehouse'>, queries: Queries): Promise<Said[]> =>
  run(ports, queries, 'findings');

function run(
  { warehouse }: Pick<Platform, 'warehouse'>,
  queries: Queries,
  layer: 'checks' | 'findings',
): Promise<Said[]> {
  const asked = [...queries.values()].filter((query) => query.layer === layer);
  return atOnce(AT_ONCE, asked, async ({ name, grain }) => {
    const rows: QueryRow[] = [];
    let count = 0;
    for await (const row of warehouse.rows(`select * from ${name}`)) {
      count += 1;
      if (rows.length < KEPT) rows.push(row);
    }
    return { name, grain, rows, count };
  });
}
