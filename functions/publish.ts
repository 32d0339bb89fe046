import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { publish } from '../shared/publish.ts';
import { TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import { customResource } from './lib/custom-resource.ts';
import { lakeEnv, warehouseEnv } from './lib/env.ts';
import { loadQueries } from './lib/queries.ts';

/** Environment of this function. */
export const env = z.object({ ...lakeEnv.shape, ...warehouseEnv.shape });
/** Names of its variables. */
export type Env = z.infer<typeof env>;

/** A deployment, or a call by hand. */
const event = z.object({ RequestType: z.enum(['Create', 'Update']).optional() });

/** Puts changed views into Athena, validated first; a new deployment's catalogue gets them all. */
export const main = customResource(
  { event, env, about: ({ RequestType = null }) => ({ deployment: RequestType }) },
  async ({ event: { RequestType }, platform }) => {
    const queries = loadQueries(fileURLToPath(new URL('queries', import.meta.url)));
    const tables = [...TABLES, ...MATERIALISED];
    const { views, unchanged } = await publish(platform, { queries, tables, all: RequestType === 'Create' });
    return { published: views.join(), unchanged };
  },
);
