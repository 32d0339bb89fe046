import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { billOf } from '../shared/cloud-bill/settings.ts';
import { publish } from '../shared/publish.ts';
import { supplyReference } from '../shared/reference/supply.ts';
import { TABLES } from '../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../shared/tables/materialised.ts';
import { billsEnv } from './lib/bills.ts';
import { customResource } from './lib/custom-resource.ts';
import { lakeEnv, queuesEnv, warehouseEnv } from './lib/env.ts';
import { loadQueries } from './lib/queries.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...warehouseEnv.shape,
  ...billsEnv.shape,
  ...queuesEnv.shape,
  HISTORY_DAYS: z.coerce.number().int().min(1),
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

/** A deployment, or a call by hand. */
const event = z.object({ RequestType: z.enum(['Create', 'Update']).optional() });

/** Puts changed views into Athena, validated first; a new deployment's catalogue gets them all. Its lake gets the prices that come with it. */
export const main = customResource(
  { event, env, about: ({ RequestType = null }) => ({ deployment: RequestType }) },
  async ({ event: { RequestType }, env: { HISTORY_DAYS, BILLS }, platform }) => {
    const supplied = await supplyReference(platform, HISTORY_DAYS);
    const queries = loadQueries(fileURLToPath(new URL('queries', import.meta.url)), BILLS.map(billOf));
    const tables = [...TABLES, ...MATERIALISED, ...CANDIDATES];
    const { views, unchanged } = await publish(platform, { queries, tables, all: RequestType === 'Create' });
    return { published: views.join(), unchanged, supplied: supplied.join() };
  },
);
