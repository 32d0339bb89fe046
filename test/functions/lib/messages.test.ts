import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { FailedMessage } from '../../../functions/lib/again.ts';
import { messages } from '../../../functions/lib/messages.ts';
import { testPlatform } from '../../platform/index.ts';
import { context } from './context.ts';

const shape = { event: z.object({ n: z.int() }), env: z.object({}) };
const again: FailedMessage[] = [];
const beside = {
  supply: async () => testPlatform().platform,
  again: async (message: FailedMessage) => void again.push(message),
};
const record = (n: number, group: string, body = JSON.stringify({ n })) => ({
  messageId: `m${n}`,
  receiptHandle: `r${n}`,
  body,
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:work.fifo',
  attributes: { MessageGroupId: group, ApproximateReceiveCount: '2' },
});
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

beforeEach(() => {
  again.length = 0;
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(() => true);
});
afterEach(() => vi.restoreAllMocks());

describe('messages', () => {
  it('does each message on its own, and tells the queue which one failed', async () => {
    const work = vi.fn(async ({ event: { n } }: { event: { n: number } }) => {
      if (n === 1) throw new Error('poison');
      return {};
    });
    const run = messages(shape, work, beside);
    expect(await run({ Records: [record(1, 'a'), record(2, 'b')] }, context)).toEqual(failed('m1'));
    expect(work).toHaveBeenCalledTimes(2);
    expect(again).toEqual([
      { queueArn: 'arn:aws:sqs:eu-west-1:111122223333:work.fifo', receiptHandle: 'r1', receives: 2 },
    ]);
  });

  it('leaves what follows a failed message in its group untouched', async () => {
    const work = vi.fn(async () => Promise.reject(new Error('down')));
    const run = messages(shape, work, beside);
    expect(await run({ Records: [record(1, 'a'), record(2, 'a'), record(3, 'b')] }, context)).toEqual(
      failed('m1', 'm2', 'm3'),
    );
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('gives a body that is not JSON back to the queue', async () => {
    const run = messages(shape, async () => ({}), beside);
    expect(await run({ Records: [record(1, 'a', '{"n":')] }, context)).toEqual(failed('m1'));
  });

  it('fails no message because the queue could not be asked to show it again soon', async () => {
    const run = messages(shape, async () => Promise.reject(new Error('down')), {
      ...beside,
      again: async () => Promise.reject(new Error('denied')),
    });
    expect(await run({ Records: [record(1, 'a')] }, context)).toEqual(failed('m1'));
  });
});
