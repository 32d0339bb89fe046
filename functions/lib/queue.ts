import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Clock, Queue, QueueMessage, State } from '../../shared/platform.ts';
import { putIn } from './inbox.ts';

/** Most messages one SendMessageBatch takes. */
const MOST = 10;
/** Group and deduplication ids: printable ASCII without a space, 128 characters at most. */
const PLAIN = /^[\x21-\x7e]{1,128}$/;

/** A queue that this function may write to: its URL, and, where messages are done together, how often it is woken. */
export type QueueAt = string | { readonly url: string; readonly everySeconds: number };

/** FIFO queues on SQS, those that this function may write to. */
export function sqsQueue(
  sqs: SQSClient,
  queues: Readonly<Record<string, QueueAt>>,
  { state, clock }: { readonly state: State; readonly clock: Pick<Clock, 'now'> },
): Queue {
  return {
    send: async (messages) => {
      for (const [name, some] of Map.groupBy(messages, ({ queue }) => queue)) {
        const at = queues[name];
        if (at === undefined)
          throw new Error(`this function has no queue '${name}'; it has ${Object.keys(queues).join(', ')}`);
        const isWoken = typeof at === 'object';
        if (isWoken) for (const { id, body } of some) await putIn(state, name, id, body);
        const sent = isWoken ? [wakeUp(name, clock.now(), at.everySeconds)] : some;
        for (let from = 0; from < sent.length; from += MOST)
          await sendBatch(sqs, isWoken ? at.url : at, sent.slice(from, from + MOST));
      }
    },
  };
}

/**
 * One wake-up a span: the queue delays it by a span too, so whatever was put in before the span's end is there when it
 * is heard.
 */
const wakeUp = (queue: string, now: number, everySeconds: number): QueueMessage => ({
  queue,
  group: queue,
  id: `wake.${Math.floor(now / (everySeconds * 1000))}`,
  body: {},
});

async function sendBatch(sqs: SQSClient, url: string, messages: readonly QueueMessage[]): Promise<void> {
  const Entries = messages.map(({ group, id, body }, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(body),
    MessageGroupId: plain(group),
    MessageDeduplicationId: plain(id),
  }));
  const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  const [refused] = Failed;
  if (refused !== undefined)
    throw new Error(
      `SQS did not take message ${messages[Number(refused.Id)]?.id}: ${refused.Code} ${refused.Message ?? ''}`,
    );
}

/** The id as SQS takes it; a longer or stranger one by its hash. */
const plain = (id: string): string => (PLAIN.test(id) ? id : createHash('sha256').update(id).digest('hex'));
