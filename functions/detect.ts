import * as z from 'zod';
import { detect, detectMessage } from '../shared/detect.ts';
import type { Day } from '../shared/time.ts';
import { lakeEnv, topicEnv, warehouseEnv } from './lib/env.ts';
import { handler } from './lib/handler.ts';
import { openInbox } from './lib/inbox.ts';

/** What the function must be given. */
export const env = lakeEnv.extend({ ...warehouseEnv.shape, ...topicEnv.shape });
/** Its environment. */
export type Env = z.infer<typeof env>;

/** Looks every few minutes whether charges changed: judges their days, and publishes what is new. */
export const main = handler({ event: z.object({}), env }, async ({ platform }) => {
  const inbox = await openInbox(platform.state, 'detect');
  const asked = inbox.items.map(({ data }) => detectMessage.parse(data));
  const of = (mode: 'live' | 'backfill'): Set<Day> =>
    new Set(asked.filter((one) => one.mode === mode).flatMap(({ days }) => days));
  const live = of('live');
  let judged = 0;
  let told = 0;
  // A day that something live changed is looked at as live. The past first: it moves what today is held against.
  for (const [mode, days] of [
    ['backfill', [...of('backfill')].filter((day) => !live.has(day))],
    ['live', [...live]],
  ] satisfies ['live' | 'backfill', Day[]][]) {
    if (days.length === 0) continue;
    const done = await detect(platform, { mode, days: days.sort() });
    judged += done.judged;
    told += done.told;
  }
  await inbox.done();
  return { messages: asked.length, judged, told };
});
