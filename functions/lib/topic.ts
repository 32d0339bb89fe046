import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notify } from '../../shared/platform.ts';

/** What subscribers by https are given: the data, or what Amazon Q in chat applications shows. */
export type AlertForm = 'data' | 'amazon-q';

/**
 * The alerts' topic on SNS: mail gets words, everything else the data. The notification's id travels as attribute `id`;
 * empty attributes are left out, as SNS refuses them.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 */
export function snsTopic(sns: SNSClient, arn: string, form: AlertForm): Notify {
  return {
    publish: async ({ id, subject, body, forms, attributes }) => {
      const told = Object.entries({ ...attributes, id }).filter(([, value]) => value !== '');
      const MessageAttributes = Object.fromEntries(
        told.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      );
      const Message = JSON.stringify({
        default: body,
        email: forms.mail,
        ...(form === 'amazon-q' ? { https: forms.chat } : {}),
      });
      await sns.send(
        new PublishCommand({ TopicArn: arn, Subject: subject, Message, MessageStructure: 'json', MessageAttributes }),
      );
    },
  };
}
