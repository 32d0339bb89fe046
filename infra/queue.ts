import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** How a queue is worked. */
export interface WorkQueueProps {
  /** The function's time limit. */
  readonly timeout: Duration;
  /** Tries before a message is a dead letter. */
  readonly tries: number;
  /** By which an operator's command finds it, without its ending. */
  readonly name: string;
}

/** A FIFO queue and its dead letters. */
export class WorkQueue extends Construct {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;

  constructor(scope: Construct, id: string, { timeout, tries, name }: WorkQueueProps) {
    super(scope, id);
    const common = { fifo: true, encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      queueName: `${name}.fifo`,
      // A message must not be seen again while it is still worked on.
      visibilityTimeout: timeout.plus(Duration.minutes(1)),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
  }

  /** A message a run; as many runs side by side as there are groups with work, up to `most`. */
  feeds(to: lambda.Function, most: number): void {
    to.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: Math.max(2, most),
      }),
    );
  }
}
