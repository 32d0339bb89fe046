import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue, QueueMessage } from '../../shared/platform.ts';

/** Most messages one SendMessageBatch takes. */
const MOST = 10;
/** Group and deduplication ids: printable ASCII without a space, 128 characters at most. */
const PLAIN = /^[\x21-\x7e]{1,128}$/;

/** FIFO queues on SQS; `urls` says which of them this function may write to. */
export function sqsQueue(sqs: SQSClient, urls: Readonly<Record<string, string>>): Queue {
  const urlOf = (name: string): string => {
    const url = urls[name];
    if (url === undefined)
      throw new Error(`this function has no queue '${name}'; it has ${Object.keys(urls).join(', ')}`);
    return url;
  };
  return {
    send: async (messages) => {
      for (const [queue, some] of Map.groupBy(messages, (message) => message.queue))
        for (let from = 0; from < some.length; from += MOST)
          await sendBatch(sqs, urlOf(queue), some.slice(from, from + MOST));
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
