import middy from '@middy/core';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import type { Again } from './again.ts';
import type { PlatformEnv } from './env.ts';
import { json } from './env.ts';
import { parse, type Shape, type Supply, type Work, worker } from './handler.ts';
import { awsAgain, awsPlatform } from './platform.ts';

const record = z.object({
  messageId: z.string(),
  receiptHandle: z.string(),
  body: z.string(),
  eventSourceARN: z.string(),
  attributes: z.object({ MessageGroupId: z.string().optional(), ApproximateReceiveCount: z.coerce.number() }),
});
type Record = z.infer<typeof record>;
const batch = z.object({ Records: z.array(record) });

/** What a test gives in place of AWS. */
export interface Beside {
  readonly supply?: Supply;
  readonly again?: Again;
}

/**
 * A Lambda behind a queue: each message on its own, those that failed are told to the queue and seen again soon. What
 * follows a failed one in its group is told as failed too, untouched: in order within a group.
 */
export function messages<Event, Env extends PlatformEnv>(
  shape: Shape<Event, Env>,
  work: Work<Event, Env>,
  { supply = awsPlatform, again = awsAgain }: Beside = {},
) {
  const run = worker<Event, Env>({ ...shape, event: json(shape.event) }, work, supply);
  return middy().handler(async (event: unknown, context: Context): Promise<SQSBatchResponse> => {
    const stopped = new Set<string>();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const one of parse('event', batch, event).Records) {
      const { messageId, body, attributes } = one;
      const group = attributes.MessageGroupId ?? messageId;
      if (!stopped.has(group) && (await succeeds(run(body, context)))) continue;
      stopped.add(group);
      batchItemFailures.push({ itemIdentifier: messageId });
      await seenAgain(again, one);
    }
    return { batchItemFailures };
  });
}

/** Not being able to say so only costs time: the message is seen again when its visibility runs out. */
const seenAgain = (again: Again, { receiptHandle, eventSourceARN, attributes }: Record): Promise<void> =>
  again({ queueArn: eventSourceARN, receiptHandle, receives: attributes.ApproximateReceiveCount }).catch(() => {});

/** Whether a run ended well; the worker has logged why not. */
const succeeds = (run: Promise<void>): Promise<boolean> =>
  run.then(
    () => true,
    () => false,
  );
