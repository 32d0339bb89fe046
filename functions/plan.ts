import * as z from 'zod';
import { noticeBills } from '../shared/cloud-bill/notice.ts';
import { makeMissing, monthsInLake, monthsThrough, registerMonths } from '../shared/months.ts';
import { plan } from '../shared/plan.ts';
import { SOURCES } from '../shared/sources/index.ts';
import { exportStatus } from '../shared/status.ts';
import { copiesOf } from '../shared/tables/copies.ts';
import { FACTS, STATUS } from '../shared/tables/index.ts';
import { charges } from '../shared/tables/materialised.ts';
import { addDays, dayOf } from '../shared/time.ts';
import { billsEnv } from './lib/bills.ts';
import { connectionsEnv } from './lib/connections.ts';
import { copiesEnv } from './lib/copies.ts';
import { customResource } from './lib/custom-resource.ts';
import { lakeEnv, queuesEnv, warehouseEnv } from './lib/env.ts';
import { awsBills } from './lib/platform.ts';
import { statusOf } from './lib/status-of.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...queuesEnv.shape,
  ...warehouseEnv.shape,
  ...connectionsEnv.shape,
  ...billsEnv.shape,
  ...copiesEnv.shape,
  HISTORY_DAYS: z.coerce.number().int().min(1),
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

/** The hourly schedule, or a deployment (the first run, and whenever a connection is added). */
const event = z.object({ scheduledAt: z.string().optional(), RequestType: z.string().optional() });

/** Queues what is due, keeps the catalogue's months, shows the status to SQL. */
export const main = customResource(
  { event, env, about: ({ scheduledAt = null, RequestType = null }) => ({ scheduledAt, deployment: RequestType }) },
  async ({ event: { RequestType }, env: { CONNECTIONS, BILLS, COPIES, HISTORY_DAYS }, platform }) => {
    const today = dayOf(platform.clock.now());
    const since = addDays(today, -HISTORY_DAYS);
    const tables = [...FACTS, ...STATUS];
    const older = RequestType === undefined ? [] : await monthsInLake(platform, tables);
    const months = await registerMonths(platform, tables, [...new Set([...older, ...monthsThrough(since, today)])]);
    const there = RequestType === undefined ? [] : await monthsInLake(platform, FACTS);
    const made = await makeMissing(platform, [charges, ...copiesOf(COPIES)], there);
    const planned = await plan(platform, { sources: SOURCES, connections: CONNECTIONS, since, through: today });
    await exportStatus(platform, statusOf(CONNECTIONS));
    // What AWS closes late it still changes: the month before is looked at too, all of them when it is deployed.
    const looked = monthsThrough(RequestType === undefined ? addDays(`${today.slice(0, 7)}-01`, -1) : since, today);
    const bills = await noticeBills(platform, awsBills(BILLS, platform), looked);
    return { bills, months, remade: made, messages: planned.messages.length, days: planned.dueDays };
  },
);
