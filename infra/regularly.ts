import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** When a function runs, and what becomes of runs that fail. */
export interface RegularlyProps {
  readonly fn: lambda.Function;
  readonly description: string;
  /** Minutes of the hour, as cron writes them. */
  readonly minute: string;
  /** How long a run is worth being tried again. */
  readonly worth: Duration;
}

/** A function that a schedule runs in UTC, three times if need be; what failed lies among its dead letters. */
export class Regularly extends Construct {
  readonly deadLetters: sqs.Queue;

  constructor(scope: Construct, id: string, { fn, description, minute, worth }: RegularlyProps) {
    super(scope, id);
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is where failed runs go itself, told of by an alarm.',
    });
    fn.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: worth,
      onFailure: new destinations.SqsDestination(this.deadLetters),
    });
    // By its exact name: the target's own grant would take in every version.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.functionArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }));
    new scheduler.Schedule(this, 'Schedule', {
      description: `Outlay: ${description}`,
      schedule: scheduler.ScheduleExpression.cron({ minute, timeZone: TimeZone.ETC_UTC }),
      target: new targets.LambdaInvoke(fn, {
        input: scheduler.ScheduleTargetInput.fromObject({ scheduledAt: scheduler.ContextAttribute.scheduledTime }),
        role: role.withoutPolicyUpdates(),
        retryAttempts: 3,
        maxEventAge: worth,
        deadLetterQueue: this.deadLetters,
      }),
    });
  }
}
