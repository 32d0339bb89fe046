import { join } from 'node:path';
import { loadQueries as loadFrom } from '../functions/lib/queries.ts';
import type { Bill } from '../shared/cloud-bill/bill.ts';
import type { Queries } from '../shared/queries.ts';

/** The folder of all SQL. */
export const QUERIES = join(import.meta.dirname, '..', 'queries');

/** All queries of the folder, in order of need, over the bills that a lake reads. */
export const loadQueries = (bills: readonly Bill[] = []): Queries => loadFrom(QUERIES, bills);
