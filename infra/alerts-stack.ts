import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Env as DetectEnv } from '../functions/detect.ts';
import type { Env as NotifyEnv } from '../functions/notify.ts';
import { Alarms } from './alarms.ts';
import { mayKeepState, mayQuery, mayRead, mayReadSecrets, maySee, mayTell, mayWrite } from './grants.ts';
import type { Lake } from './lake-stack.ts';
import { Lambda } from './lambda.ts';
import { Regularly } from './regularly.ts';
import type { Settings } from './settings.ts';
import { READABLE } from './sql.ts';

/** What the pipeline needs of the alerts. */
export interface Alerts {
  readonly alarmTopic: sns.ITopic;
}

const TIMEOUT = Duration.minutes(10);

/** Detection, the topic of incidents, its way to Slack, and the topic of alarms. */
export class AlertsStack extends Stack {
  readonly alerts: Alerts;

  constructor(scope: Construct, id: string, { settings, lake }: { settings: Settings; lake: Lake }, props: StackProps) {
    super(scope, id, props);
    const alarmTopic = new sns.Topic(this, 'AlarmTopic', { masterKey: lake.key, enforceSSL: true });
    for (const email of settings.aws.alarmEmails)
      alarmTopic.addSubscription(new subscriptions.EmailSubscription(email));
    const alarms = new Alarms(this, 'Alarms', { topic: alarmTopic, prefix: settings.aws.name });
    const incidents = new sns.Topic(this, 'Incidents', { masterKey: lake.key, enforceSSL: true });
    for (const email of settings.alerts.emails) incidents.addSubscription(new subscriptions.EmailSubscription(email));
    // What Amazon Q in chat applications is given as its topic.
    new CfnOutput(this, 'IncidentsTopic', { value: incidents.topicArn });
    this.detect(settings, lake, incidents, alarms);
    if (settings.alerts.slack) this.notify(settings, lake, incidents, alarms);
    this.alerts = { alarmTopic };
  }

  private detect(settings: Settings, lake: Lake, incidents: sns.ITopic, alarms: Alarms): void {
    const fn = new Lambda<DetectEnv>(this, 'DetectFunction', 'detect', {
      description: 'Looks at the days that changed',
      logDays: settings.aws.retention.logDays,
      timeout: TIMEOUT,
      environment: {
        LAKE_BUCKET: lake.bucket.bucketName,
        STATE_TABLE: lake.state.tableName,
        ATHENA_WORKGROUP: lake.workgroup,
        GLUE_DATABASE: lake.database,
        TOPIC_ARN: incidents.topicArn,
        ALERT_FORM: settings.alerts.form,
      },
    });
    mayRead(fn, lake, ['facts/', 'reference/', 'status/', 'marts/']);
    mayWrite(fn, lake, ['status/']);
    mayKeepState(fn, lake);
    mayQuery(fn, lake);
    maySee(fn, lake, READABLE);
    mayTell(fn, lake, incidents);
    const run = new Regularly(this, 'Detect', {
      fn,
      description: 'look at the days that changed',
      minute: `*/${settings.aws.settleMinutes}`,
      worth: Duration.minutes(15),
    });
    alarms.deadLetters('detect_dead_letters', run.deadLetters);
  }

  /** Puts names on at the last moment. Beside it `collect` may read them, `publish` the list of people, `materialise` callers of Bedrock. */
  private notify(settings: Settings, lake: Lake, incidents: sns.ITopic, alarms: Alarms): void {
    const webhook = new secretsmanager.CfnSecret(this, 'Slack', {
      name: `${settings.aws.name}/slack`,
      description: 'Outlay: address of the Slack webhook',
    });
    Validations.of(webhook).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A webhook is made and revoked in Slack; no function can rotate it.',
    });
    const deadLetters = new sqs.Queue(this, 'NotifyDeadLetters', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is where failed notifications go itself, told of by an alarm.',
    });
    const fn = new Lambda<NotifyEnv>(this, 'Notify', 'notify', {
      description: 'Posts incidents to Slack',
      logDays: settings.aws.retention.logDays,
      deadLetterQueue: deadLetters,
      retryAttempts: 2,
      environment: {
        LAKE_BUCKET: lake.bucket.bucketName,
        STATE_TABLE: lake.state.tableName,
        SLACK_SECRET: webhook.ref,
        SHOW_PEOPLE: String(settings.report.showPeople),
      },
    });
    mayRead(fn, lake, ['identities/', 'reference/']);
    mayKeepState(fn, lake);
    mayReadSecrets(fn, [webhook.ref]);
    incidents.addSubscription(new subscriptions.LambdaSubscription(fn, { deadLetterQueue: deadLetters }));
    alarms.deadLetters('notify_dead_letters', deadLetters);
  }
}
