import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadQueries } from '../functions/lib/queries.ts';
import type { Table } from '../shared/table.ts';
import { TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';

const queries = [...loadQueries(fileURLToPath(new URL('../queries', import.meta.url))).values()];
const shape = ({ name, columns }: Table) => [name, Object.entries(columns).map(([column, { type }]) => [column, type])];
const made: readonly string[] = MATERIALISED.map(({ name }) => name);

/** Views by name. */
export const VIEWS: readonly string[] = queries.filter(({ materialised }) => !materialised).map(({ name }) => name);
/** Tables and views that a query may read. */
export const READABLE: readonly string[] = [
  ...TABLES.filter(({ area }) => area !== 'identities').map(({ name }) => name),
  ...made,
  ...VIEWS,
];
/** Changes with any text of queries/, or any table below it: what makes a deployment publish anew. */
export const SQL_HASH: string = createHash('sha256')
  .update(JSON.stringify([queries.map(({ name, sql }) => [name, sql]), [...TABLES, ...MATERIALISED].map(shape)]))
  .digest('hex');
