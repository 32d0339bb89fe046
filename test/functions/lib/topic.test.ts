import type { PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { type AlertForm, snsTopic } from '../../../functions/lib/topic.ts';

const notification = {
  ...{ id: 'inc-1#1', subject: 'Spend spike', body: '{"message":{}}' },
  ...{ forms: { mail: 'in words', chat: '{"version":"1.0"}' }, attributes: { team: 'search', kind: '' } },
};

/** What a topic of this form is given. */
async function published(form: AlertForm) {
  const sent: PublishCommandInput[] = [];
  // The client's own type is far wider than the one call that is made of it.
  const sns = {
    send: async ({ input }: { input: PublishCommandInput }) => void sent.push(input),
  } as unknown as SNSClient;
  await snsTopic(sns, 'arn:topic', form).publish(notification);
  return sent;
}

it('gives mail words and functions the data, with what filters need', async () => {
  expect(await published('data')).toEqual([
    {
      TopicArn: 'arn:topic',
      Subject: 'Spend spike',
      MessageStructure: 'json',
      Message: JSON.stringify({ default: '{"message":{}}', email: 'in words' }),
      MessageAttributes: {
        team: { DataType: 'String', StringValue: 'search' },
        id: { DataType: 'String', StringValue: 'inc-1#1' },
      },
    },
  ]);
});

it('gives Amazon Q, which subscribes by https, its own form beside', async () => {
  const [sent] = await published('amazon-q');
  expect(JSON.parse(sent?.Message ?? '')).toEqual({
    default: '{"message":{}}',
    email: 'in words',
    https: '{"version":"1.0"}',
  });
});
