import { join } from 'node:path';
import { loadQueries as loadFrom } from '../functions/lib/queries.ts';
import type { Queries } from '../shared/queries.ts';

/** The folder of all SQL. */
export const QUERIES = join(import.meta.dirname, '..', 'queries');

/** All queries of the folder, in order of need. */
export const loadQueries = (): Queries => loadFrom(QUERIES);
