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
  /** Set where messages are done together: at most one wake-up in this time. */
  readonly every?: Duration;
}

/** A FIFO queue and its dead letters. */
export class WorkQueue extends Construct {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
  /** How a function that writes to it is told of it. */
  readonly at: string | { readonly url: string; readonly everySeconds: number };

  constructor(scope: Construct, id: string, { timeout, tries, every }: WorkQueueProps) {
    super(scope, id);
    const common = { fifo: true, encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      // A message must not be seen again while it is still worked on.
      visibilityTimeout: timeout.plus(Duration.minutes(1)),
      retentionPeriod: Duration.days(4),
      ...(every === undefined ? {} : { deliveryDelay: every }),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    const url = this.queue.queueUrl;
    this.at = every === undefined ? url : { url, everySeconds: every.toSeconds() };
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
