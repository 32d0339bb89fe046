import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { billOf } from '../shared/cloud-bill/settings.ts';
import { materialise, tablesFor } from '../shared/materialise.ts';
import type { Platform } from '../shared/platform.ts';
import { exportStatus } from '../shared/status.ts';
import { billingPeriodOf, type Day } from '../shared/time.ts';
import { billsEnv } from './lib/bills.ts';
import { connectionsEnv } from './lib/connections.ts';
import { copiesEnv } from './lib/copies.ts';
import { lakeEnv, pseudonymEnv, queuesEnv, warehouseEnv } from './lib/env.ts';
import { handler } from './lib/handler.ts';
import { openInbox } from './lib/inbox.ts';
import { awsBills } from './lib/platform.ts';
import { loadQueries } from './lib/queries.ts';
import { statusOf } from './lib/status-of.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...queuesEnv.shape,
  ...warehouseEnv.shape,
  ...connectionsEnv.shape,
  ...billsEnv.shape,
  ...copiesEnv.shape,
  ...pseudonymEnv.shape,
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

const changed = z.object({ days: z.array(z.iso.date()).min(1), mode: z.enum(['live', 'backfill']) });
type Changed = z.infer<typeof changed>;

/** Looks every few minutes whether days changed: makes their months anew, and hands the days on to the detectors. */
export const main = handler({ event: z.object({}), env }, async ({ env: { CONNECTIONS, BILLS, COPIES }, platform }) => {
  const inbox = await openInbox(platform.state, 'materialise');
  if (inbox.items.length === 0) return { messages: 0 };
  const events = inbox.items.map(({ data }) => changed.parse(data));
  const months = new Set(events.flatMap(({ days }) => days.map(billingPeriodOf)));
  await exportStatus(platform, statusOf(CONNECTIONS));
  const queries = loadQueries(fileURLToPath(new URL('queries', import.meta.url)), BILLS.map(billOf));
  const bills = awsBills(BILLS, platform);
  const made = await materialise(platform, queries, months, bills, tablesFor(bills, COPIES));
  const locked = made.find(({ outcome }) => outcome === 'locked');
  // What waits stays where it is; a run that died holds its month for sixteen minutes.
  if (locked !== undefined)
    return { messages: events.length, waits: `${locked.table} of ${locked.period} is being made by another run` };
  const days = await handOn(platform, events);
  await inbox.done();
  const count = (outcome: string): number => made.filter((month) => month.outcome === outcome).length;
  return { messages: events.length, months: [...months].sort().join(), made: count('made'), days };
});

/** A day that something live changed is looked at as live; what only a backfill changed moves baselines. */
async function handOn({ queue, clock }: Platform, events: readonly Changed[]): Promise<number> {
  const of = (mode: Changed['mode']): Set<Day> =>
    new Set(events.filter((changed) => changed.mode === mode).flatMap(({ days }) => days));
  const live = of('live');
  const backfill = new Set([...of('backfill')].filter((day) => !live.has(day)));
  const messages = [
    { mode: 'backfill', days: [...backfill].sort() },
    { mode: 'live', days: [...live].sort() },
  ].filter(({ days }) => days.length > 0);
  const now = clock.now();
  await queue.send(
    messages.map((body) => ({ queue: 'detect', group: 'detect', id: `detect.${body.mode}.${now}`, body })),
  );
  return live.size + backfill.size;
}
