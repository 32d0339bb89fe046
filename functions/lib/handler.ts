import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Platform } from '../../shared/platform.ts';
import type { PlatformEnv } from './env.ts';
import { awsPlatform } from './platform.ts';

/** What a log line says besides what the logger adds; never a secret, a name, or people's words. */
export type About = Readonly<Record<string, string | number | boolean | null>>;

/** What a run is given. */
export interface Run<Event, Env> {
  readonly event: Event;
  readonly env: Env;
  readonly platform: Platform;
  /** When this run must have ended, epoch milliseconds. */
  readonly deadline: number;
}

/** What a handler takes in, and what of it may be logged. */
export interface Shape<Event, Env extends PlatformEnv> {
  readonly event: z.ZodType<Event>;
  readonly env: z.ZodType<Env>;
  readonly about?: (event: Event) => About;
}

/** Where a platform comes from; a test gives its own. */
export type Supply = (env: PlatformEnv) => Promise<Platform>;

/** One piece of work, parsed and logged once; what the run answers is logged with it. */
export type Work<Event, Env extends PlatformEnv> = (run: Run<Event, Env>) => Promise<About>;

const logger = new Logger({ serviceName: 'outlay' });

/** Parses, runs and logs one event; throws what the run throws, after logging it. */
export function worker<Event, Env extends PlatformEnv>(
  shape: Shape<Event, Env>,
  work: Work<Event, Env>,
  supply: Supply,
): (event: unknown, context: Context) => Promise<void> {
  let ready: Promise<readonly [Env, Platform]> | null = null;
  const prepare = async (): Promise<readonly [Env, Platform]> => {
    const env = parse('environment', shape.env, process.env);
    return [env, await supply(env)];
  };
  return async (raw, context) => {
    let about: About = {};
    try {
      const event = parse('event', shape.event, raw);
      about = shape.about?.(event) ?? {};
      // Kept for the life of the container, but not when it failed: the next try prepares anew.
      ready ??= prepare().catch((error: unknown) => {
        ready = null;
        throw error;
      });
      const [env, platform] = await ready;
      const deadline = platform.clock.now() + context.getRemainingTimeInMillis();
      const result = await work({ event, env, platform, deadline });
      logger.info('done', { ...about, ...result });
    } catch (error) {
      logger.error('failed', { ...about, error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    }
  };
}

/** A Lambda that is given one event, straight from a schedule or another function. */
export function handler<Event, Env extends PlatformEnv>(
  shape: Shape<Event, Env>,
  work: Work<Event, Env>,
  supply: Supply = awsPlatform,
) {
  const run = worker(shape, work, supply);
  return middy().handler((event: unknown, context: Context) => run(event, context));
}

/** Parses at the border; says which fields are wrong, never what stood in them. */
export function parse<T extends z.ZodType>(what: string, schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || what}: ${message}`);
  throw new Error(`the ${what} is not as expected: ${wrong.join('; ')}`);
}
