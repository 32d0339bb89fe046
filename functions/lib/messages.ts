import middy from '@middy/core';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import type { PlatformEnv } from './env.ts';
import { json } from './env.ts';
import { parse, type Shape, type Supply, type Work, worker } from './handler.ts';
import { awsPlatform } from './platform.ts';

const batch = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.object({ MessageGroupId: z.string().optional() }),
    }),
  ),
});

/**
 * A Lambda behind a queue: each message on its own, those that failed are told to the queue. What follows a failed one
 * in its group is told as failed too, untouched: in order within a group.
 */
export function messages<Event, Env extends PlatformEnv>(
  shape: Shape<Event, Env>,
  work: Work<Event, Env>,
  supply: Supply = awsPlatform,
) {
  const run = worker<Event, Env>({ ...shape, event: json(shape.event) }, work, supply);
  return middy().handler(async (event: unknown, context: Context): Promise<SQSBatchResponse> => {
    const stopped = new Set<string>();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body, attributes } of parse('event', batch, event).Records) {
      const group = attributes.MessageGroupId ?? messageId;
      const done = !stopped.has(group) && (await succeeds(run(body, context)));
      if (done) continue;
      stopped.add(group);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  });
}

/** Whether a run ended well; the worker has logged why not. */
const succeeds = (run: Promise<void>): Promise<boolean> =>
  run.then(
    () => true,
    () => false,
  );
