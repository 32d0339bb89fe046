import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Every alarm there is: how bad it is, and what it says. Each has a heading in docs/runbook.md. */
export const ALARMS = {
  collect_dead_letters: { severity: 'high', says: 'days of a vendor were given up after every try' },
  materialise_dead_letters: { severity: 'high', says: 'months could not be made anew; figures stand still' },
  detect_dead_letters: { severity: 'high', says: 'days were not looked at; an incident may be missed' },
  notify_dead_letters: { severity: 'high', says: 'a notification did not reach its channel' },
  plan_dead_letters: { severity: 'high', says: 'the hourly plan failed' },
  plan_silent: { severity: 'critical', says: 'no plan was made for three hours; nothing is collected' },
} as const satisfies Record<string, { severity: 'critical' | 'high' | 'low'; says: string }>;

/** An alarm of the list. */
export type AlarmName = keyof typeof ALARMS;

/** Alarms that tell one topic; a name that appears more than once says of what (a vendor). */
export class Alarms extends Construct {
  private readonly topic: sns.ITopic;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, props: { topic: sns.ITopic; prefix: string }) {
    super(scope, id);
    this.topic = props.topic;
    this.prefix = props.prefix;
  }

  /** Something lies among the dead letters. */
  deadLetters(name: AlarmName, queue: sqs.IQueue, of?: string): void {
    this.alarm(name, of, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** A function has not run for this many hours. */
  silent(name: AlarmName, fn: lambda.IFunction, hours: number): void {
    this.alarm(name, undefined, {
      metric: fn.metricInvocations({ period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: hours,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  private alarm(name: AlarmName, of: string | undefined, props: cloudwatch.AlarmProps): void {
    const { severity, says } = ALARMS[name];
    const id = of === undefined ? name : `${name}_${of}`;
    const alarm = new cloudwatch.Alarm(this, id, {
      ...props,
      alarmName: `${this.prefix}_${id}`,
      alarmDescription: `${severity}: ${says}${of === undefined ? '' : ` (${of})`}. See docs/runbook.md, ${name}.`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
