import * as z from 'zod';
import { exportStatus } from '../shared/status.ts';
import { connectionsEnv } from './lib/connections.ts';
import { lakeEnv, queuesEnv, warehouseEnv } from './lib/env.ts';
import { messages } from './lib/messages.ts';
import { statusOf } from './lib/status-of.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...queuesEnv.shape,
  ...warehouseEnv.shape,
  ...connectionsEnv.shape,
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

const event = z.object({ days: z.array(z.iso.date()).min(1), mode: z.enum(['live', 'backfill']) });

/** Makes the months of these days anew, and hands the days on to the detectors. */
export const main = messages(
  { event, env, about: ({ days, mode }) => ({ first: days[0] ?? null, days: days.length, mode }) },
  async ({ env: { CONNECTIONS }, platform }) => {
    await exportStatus(platform, statusOf(CONNECTIONS));
    return {};
  },
);
