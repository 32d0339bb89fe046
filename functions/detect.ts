import type * as z from 'zod';
import { detect, detectMessage } from '../shared/detect.ts';
import { lakeEnv, topicEnv, warehouseEnv } from './lib/env.ts';
import { messages } from './lib/messages.ts';

/** What the function must be given. */
export const env = lakeEnv.extend({ ...warehouseEnv.shape, ...topicEnv.shape });
/** Its environment. */
export type Env = z.infer<typeof env>;

/** Judges the days whose charges changed, and publishes what is new. */
export const main = messages(
  { event: detectMessage, env, about: ({ days, mode }) => ({ mode, first: days[0] ?? '', days: days.length }) },
  async ({ event, platform }) => ({ ...(await detect(platform, event)) }),
);
