import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notify } from '../../shared/platform.ts';

/** The alerts' topic on SNS. The notification's id travels as attribute `id`; empty attributes are left out, as SNS refuses them. */
export function snsTopic(sns: SNSClient, arn: string): Notify {
  return {
    publish: async ({ id, subject, body, attributes }) => {
      const told = Object.entries({ ...attributes, id }).filter(([, value]) => value !== '');
      const MessageAttributes = Object.fromEntries(
        told.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      );
      await sns.send(new PublishCommand({ TopicArn: arn, Subject: subject, Message: body, MessageAttributes }));
    },
  };
}
