import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { openInbox } from '../../../functions/lib/inbox.ts';
import { type QueueAt, sqsQueue } from '../../../functions/lib/queue.ts';
import { INBOX } from '../../../shared/platform.ts';
import { testPlatform } from '../../platform/index.ts';

function world(queues: Record<string, QueueAt>) {
  const sent: SendMessageBatchCommandInput[] = [];
  const failed: { Id: string; Code: string; SenderFault: boolean }[] = [];
  // The client's own type is far wider than the one call that is made of it.
  const sqs = {
    send: async ({ input }: { input: SendMessageBatchCommandInput }) => {
      sent.push(input);
      return { Failed: failed };
    },
  } as unknown as SQSClient;
  const { platform } = testPlatform();
  return { sent, failed, platform, queue: sqsQueue(sqs, queues, platform.state) };
}
const message = (n: number, queue = 'collect.acme') => ({ queue, group: 'acme.main.live', id: `m${n}`, body: { n } });

describe('queues', () => {
  it('send ten at a time, in order, each with its group and deduplication id', async () => {
    const { queue, sent } = world({ 'collect.acme': 'https://sqs/acme' });
    await queue.send(Array.from({ length: 11 }, (_, n) => message(n)));
    expect(sent.map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).toEqual([
      ['https://sqs/acme', 10],
      ['https://sqs/acme', 1],
    ]);
    expect(sent[1]?.Entries).toEqual([
      { Id: '0', MessageBody: '{"n":10}', MessageGroupId: 'acme.main.live', MessageDeduplicationId: 'm10' },
    ]);
  });

  it('shorten an id that SQS would refuse, always to the same', async () => {
    const { queue, sent } = world({ 'collect.acme': 'https://sqs/acme' });
    const long = { ...message(1), id: 'é'.repeat(200) };
    await queue.send([long]);
    await queue.send([long]);
    const ids = sent.map(({ Entries = [] }) => Entries[0]?.MessageDeduplicationId);
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('say which message was not taken', async () => {
    const { queue, failed } = world({ 'collect.acme': 'https://sqs/acme' });
    failed.push({ Id: '0', Code: 'InternalError', SenderFault: false });
    await expect(queue.send([message(7)])).rejects.toThrow('SQS did not take message m7: InternalError');
  });

  it('refuse a queue that the function was not given', async () => {
    const { queue } = world({ detect: 'https://sqs/detect' });
    await expect(queue.send([message(1)])).rejects.toThrow("this function has no queue 'collect.acme'; it has detect");
  });
});

describe('a queue whose messages are done together', () => {
  const given = { materialise: INBOX };

  it('holds their bodies in the state, and sends nothing', async () => {
    const { queue, sent, platform } = world(given);
    await queue.send([message(1, 'materialise'), message(2, 'materialise')]);
    await queue.send([message(3, 'materialise')]);
    expect(sent).toEqual([]);
    const { items } = await openInbox(platform.state, 'materialise');
    expect(items.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('keeps what came again while it was being done', async () => {
    const { queue, platform } = world(given);
    await queue.send([message(1, 'materialise'), message(2, 'materialise')]);
    const inbox = await openInbox(platform.state, 'materialise');
    await queue.send([message(1, 'materialise')]);
    await inbox.done();
    const { items } = await openInbox(platform.state, 'materialise');
    expect(items.map(({ key }) => key)).toEqual(['m1']);
  });
});
