import * as z from 'zod';
import { INBOX } from '../../shared/platform.ts';

const named = z.string().min(1);

/** Environment text that holds JSON. */
export const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(inner);

/** The bucket and the state table; what nearly every function holds. */
export const lakeEnv = z.object({ LAKE_BUCKET: named, STATE_TABLE: named });
/** Queues that the function may write to: name to URL, or `inbox` for those whose messages wait in the state. */
export const queuesEnv = z.object({ QUEUES: json(z.record(z.string(), z.union([z.url(), z.literal(INBOX)]))) });
/** The SQL engine. */
export const warehouseEnv = z.object({ ATHENA_WORKGROUP: named, GLUE_DATABASE: named });
/** The alerts' topic, and what its subscribers by https are given. */
export const topicEnv = z.object({ TOPIC_ARN: named, ALERT_FORM: z.enum(['data', 'amazon-q']) });
/** Name or ARN of the secret that holds the pseudonym key. */
export const pseudonymEnv = z.object({ PSEUDONYM_SECRET: named });

/** All that AWS's side of the ports can be told; a port whose part is missing refuses when used. */
export type PlatformEnv = Partial<
  z.infer<typeof lakeEnv> &
    z.infer<typeof queuesEnv> &
    z.infer<typeof warehouseEnv> &
    z.infer<typeof topicEnv> &
    z.infer<typeof pseudonymEnv>
>;
