import * as z from 'zod';
import { collect } from '../shared/collect.ts';
import { SecretError } from '../shared/platform.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { connectionsEnv } from './lib/connections.ts';
import { lakeEnv, pseudonymEnv, queuesEnv } from './lib/env.ts';
import { keepHeapSmall } from './lib/heap.ts';
import { messages } from './lib/messages.ts';

/** Environment of this function. */
export const env = z.object({
  ...lakeEnv.shape,
  ...queuesEnv.shape,
  ...pseudonymEnv.shape,
  ...connectionsEnv.shape,
});
/** Names of its variables. */
export type Env = z.infer<typeof env>;

const event = z.object({
  source: z.string(),
  connection: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  due: z.string(),
  mode: z.enum(['live', 'backfill']),
  window: z.enum(['hour', 'day', 'run']),
  part: z.int(),
  force: z.boolean(),
  probed: z.array(z.iso.date()).exactOptional(),
});

/** How long a vendor may take for one answer, in milliseconds. */
const TIMEOUT = 60_000;

keepHeapSmall();

/** Collects the days of one message. */
export const main = messages(
  {
    event,
    env,
    about: ({ source, connection, from, to, mode, part }) => ({ source, connection, from, to, mode, part }),
  },
  async ({ event: message, env: { CONNECTIONS }, platform, deadline }) => {
    const source = SOURCES.find(({ id }) => id === message.source);
    const connection = CONNECTIONS.find(({ id }) => id === message.connection);
    const vendor = VENDORS.find(({ id }) => id === connection?.vendor);
    if (source === undefined || connection === undefined || vendor === undefined)
      throw new Error(
        `collect ${message.source} of ${message.connection}: this function knows no such source or connection`,
      );
    const given = { source, vendor, connection, deadline, timeoutMs: TIMEOUT };
    // A key that is not there yet does not come by trying again; the status tells of it, and the next plan asks again.
    const done = await collect(platform, message, given).catch(unlessNoSecret);
    if (done === null) return { finished: false, waits: 'for its secret' };
    const { finished, days, requests, retries } = done;
    const rows = days.reduce((sum, day) => sum + day.rows, 0);
    return { finished, outcomes: days.map(({ outcome }) => outcome).join(), rows, requests, retries };
  },
);

function unlessNoSecret(error: unknown): null {
  if (error instanceof SecretError) return null;
  throw error;
}
