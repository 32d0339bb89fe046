import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A message that failed, as SQS handed it over. */
export interface FailedMessage {
  readonly queueArn: string;
  readonly receiptHandle: string;
  /** How many times it was handed over, this time included. */
  readonly receives: number;
}

/** Shows a failed message again before its visibility runs out. */
export type Again = (message: FailedMessage) => Promise<void>;

/** Seconds until the second try; doubled with each further one. */
const FIRST = 30;
const LONGEST = 900;

/** Failed messages are seen again after 30, 60, 120 … seconds, so that one of them does not hold its group up for long. */
export function sqsAgain(sqs: SQSClient): Again {
  return async ({ queueArn, receiptHandle, receives }) => {
    const [, , , , account, name] = queueArn.split(':');
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }));
    const VisibilityTimeout = Math.min(FIRST * 2 ** (receives - 1), LONGEST);
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout }));
  };
}
