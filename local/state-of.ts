import { resolve } from 'node:path';
import type { Crypto } from '../shared/platform.ts';
import type { Queries } from '../shared/queries.ts';
import { prefixOf, type Table } from '../shared/table.ts';
import { readBills } from './cloud-bill/lake.ts';
import { filesBelow } from './platform/file-stamp.ts';

/**
 * A digest of all that an answer over these tables can depend on: files by name, size and time, the text of every query,
 * versions of tables. Some thousand files are looked at, and none is opened.
 */
export function stateOf(root: string, queries: Queries, tables: readonly Table[], crypto: Crypto): string {
  const bills = readBills(root);
  const parts = [JSON.stringify(bills)];
  for (const { name, sql } of queries.values()) parts.push(`${name} ${sql}`);
  for (const { name, version } of tables) parts.push(`${name} ${version}`);
  for (const folder of [...tables.map((table) => prefixOf(table)), ...bills.map(({ folder }) => folder)]) {
    for (const { stamp } of filesBelow(resolve(root, folder))) parts.push(stamp);
  }
  return crypto.digest(parts.join('\n'));
}
