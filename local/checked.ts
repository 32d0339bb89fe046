import * as z from 'zod';
import { runChecks, runFindings, type Said } from '../shared/checks.ts';
import type { Platform } from '../shared/platform.ts';
import { below, type Queries } from '../shared/queries.ts';
import { TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import { kept } from './kept.ts';
import { stateOf } from './state-of.ts';

/** What checks and findings say of a lake. */
export interface Checked {
  readonly checks: readonly Said[];
  readonly findings: readonly Said[];
}

const said: z.ZodType<Said> = z.object({
  name: z.string(),
  grain: z.string(),
  rows: z.array(z.record(z.string(), z.string().nullable())),
  count: z.number(),
});
const schema: z.ZodType<Checked> = z.object({ checks: z.array(said), findings: z.array(said) });

/** Asks checks and findings; where no file and no query has changed since they were last asked, what they said then. */
export async function checked(
  root: string,
  ports: Pick<Platform, 'warehouse' | 'crypto'>,
  queries: Queries,
): Promise<Checked> {
  const asked = [...queries.values()].filter(({ layer }) => layer === 'checks' || layer === 'findings');
  const read = new Set(asked.flatMap(({ name }) => [...below(queries, name)]));
  const tables = [...TABLES, ...MATERIALISED].filter(({ name }) => read.has(name));
  const of = stateOf(root, queries, tables, ports.crypto);
  const { recall, keep } = kept(root, 'checked.json', schema);
  const known = recall(of);
  if (known !== null) return known;
  const answer = { checks: await runChecks(ports, queries), findings: await runFindings(ports, queries) };
  keep(of, answer);
  return answer;
}
