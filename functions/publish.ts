import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { billOf } from '../shared/cloud-bill/settings.ts';
import type { Platform } from '../shared/platform.ts';
import { publish } from '../shared/publish.ts';
import { calendarOf } from '../shared/reference/calendar.ts';
import { pushReference } from '../shared/reference/push.ts';
import { prefixOf } from '../shared/table.ts';
import { prices, TABLES } from '../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../shared/tables/materialised.ts';
import { dayOf } from '../shared/time.ts';
import { billsEnv } from './lib/bills.ts';
import { customResource } from './lib/custom-resource.ts';
import { lakeEnv, warehouseEnv } from './lib/env.ts';
import { loadQueries } from './lib/queries.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...warehouseEnv.shape,
  ...billsEnv.shape,
  HISTORY_DAYS: z.coerce.number().int().min(1),
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

/** A deployment, or a call by hand. */
const event = z.object({ RequestType: z.enum(['Create', 'Update']).optional() });

/** Puts changed views into Athena, validated first; a new deployment's catalogue gets them all, and its lake prices. */
export const main = customResource(
  { event, env, about: ({ RequestType = null }) => ({ deployment: RequestType }) },
  async ({ event: { RequestType }, env: { HISTORY_DAYS, BILLS }, platform }) => {
    const seeded = await seed(platform, HISTORY_DAYS);
    const queries = loadQueries(fileURLToPath(new URL('queries', import.meta.url)), BILLS.map(billOf));
    const tables = [...TABLES, ...MATERIALISED, ...CANDIDATES];
    const { views, unchanged } = await publish(platform, { queries, tables, all: RequestType === 'Create' });
    return { published: views.join(), unchanged, seeded };
  },
);

/** A company that has pushed no reference files yet: nobody in no team. */
const NOBODY = {
  'people.csv': 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n',
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\n',
};

/** Prices, meters and calendar for a lake that has none, so that spend shows before anybody pushed a file. */
async function seed(platform: Platform, historyDays: number): Promise<boolean> {
  if ((await platform.objects.head(`${prefixOf(prices)}data.parquet`)) !== null) return false;
  const today = dayOf(platform.clock.now());
  await pushReference(platform, NOBODY, await calendarOf(platform, today, historyDays));
  return true;
}
