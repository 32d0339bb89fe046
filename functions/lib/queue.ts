import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { INBOX, type Queue, type QueueMessage, type State } from '../../shared/platform.ts';
import { putIn } from './inbox.ts';

/** Most messages one SendMessageBatch takes. */
const MOST = 10;
/** Group and deduplication ids: printable ASCII without a space, 128 characters at most. */
const PLAIN = /^[\x21-\x7e]{1,128}$/;

/** A queue that this function may write to: its URL, or `inbox` where messages wait in the state until a schedule looks. */
export type QueueAt = string;

/** FIFO queues on SQS and inboxes in the state, those that this function may write to. */
export function sqsQueue(sqs: SQSClient, queues: Readonly<Record<string, QueueAt>>, state: State): Queue {
  return {
    send: async (messages) => {
      for (const [name, some] of Map.groupBy(messages, ({ queue }) => queue)) {
        const at = queues[name];
        if (at === undefined)
          throw new Error(`this function has no queue '${name}'; it has ${Object.keys(queues).join(', ')}`);
        if (at === INBOX) for (const { id, body } of some) await putIn(state, name, id, body);
        else
          for (let from = 0; from < some.length; from += MOST) await sendBatch(sqs, at, some.slice(from, from + MOST));
      }
    },
  };
}

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
