import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { runChecks, runFindings, type Said } from '../shared/checks.ts';
import type { Platform } from '../shared/platform.ts';
import { below, type Queries } from '../shared/queries.ts';
import { prefixOf } from '../shared/table.ts';
import { TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import { readBills } from './cloud-bill/lake.ts';
import { filesBelow } from './platform/file-stamp.ts';

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
const remembered = z.object({ of: z.string(), checks: z.array(said), findings: z.array(said) });

/** Where a lake keeps what was said of it last. */
const FILE = 'checked.json';

/** Forgets what was said: it may name somebody. */
export const forgetChecked = (root: string): void => rmSync(join(root, FILE), { force: true });

/** Asks checks and findings; where no file and no query has changed since they were last asked, what they said then. */
export async function checked(
  root: string,
  ports: Pick<Platform, 'warehouse' | 'crypto'>,
  queries: Queries,
): Promise<Checked> {
  const of = ports.crypto.digest(everythingRead(root, queries));
  const known = recall(root);
  if (known?.of === of) return known;
  const answer = { checks: await runChecks(ports, queries), findings: await runFindings(ports, queries) };
  writeFileSync(join(root, `${FILE}.part`), JSON.stringify({ of, ...answer }));
  renameSync(join(root, `${FILE}.part`), join(root, FILE));
  return answer;
}

/** Files by name, size and time, texts, versions of tables: all that an answer can depend on. */
function everythingRead(root: string, queries: Queries): string {
  const asked = [...queries.values()].filter(({ layer }) => layer === 'checks' || layer === 'findings');
  const read = new Set(asked.flatMap(({ name }) => [...below(queries, name)]));
  const tables = [...TABLES, ...MATERIALISED].filter(({ name }) => read.has(name));
  const bills = readBills(root);
  const parts = [JSON.stringify(bills)];
  for (const { name, sql } of queries.values()) parts.push(`${name} ${sql}`);
  for (const { name, version } of tables) parts.push(`${name} ${version}`);
  for (const folder of [...tables.map((table) => prefixOf(table)), ...bills.map(({ folder }) => folder)]) {
    for (const { stamp } of filesBelow(resolve(root, folder))) parts.push(stamp);
  }
  return parts.join('\n');
}

/** What was said last; null: nothing, or nothing that can be read. */
function recall(root: string): z.infer<typeof remembered> | null {
  try {
    return remembered.parse(JSON.parse(readFileSync(join(root, FILE), 'utf8')));
  } catch {
    return null;
  }
}
