import { Duration, Stack, Validations } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Env as CollectEnv } from '../functions/collect.ts';
import { INBOX } from '../shared/platform.ts';
import { queueName } from '../shared/queue-name.ts';
import { placeOf } from '../shared/secret-place.ts';
import type { Connection } from '../shared/source.ts';
import type { Alarms } from './alarms.ts';
import { mayKeepState, mayRead, mayReadSecrets, mayRemove, mayWrite } from './grants.ts';
import type { Lake } from './lake-stack.ts';
import { Lambda } from './lambda.ts';
import { WorkQueue } from './queue.ts';
import type { Settings } from './settings.ts';

const TIMEOUT = Duration.minutes(5);

/** What stands once per vendor: its secrets, its queue and the function that asks it. */
export class VendorCollector extends Construct {
  readonly work: WorkQueue;
  /** ARNs of the secrets that hold its keys. */
  readonly secrets: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    props: {
      settings: Settings;
      lake: Lake;
      connections: readonly Connection[];
      alarms: Alarms;
    },
  ) {
    super(scope, id);
    const { settings, lake, connections, alarms } = props;
    const names = new Set(connections.map(({ secret }) => placeOf(secret).secret));
    this.secrets = [...names].map((name) => this.secretOf(id, name));
    this.work = new WorkQueue(this, 'Work', {
      timeout: TIMEOUT,
      tries: 3,
      name: queueName(settings.aws.name, id),
    });
    const collect = new Lambda<CollectEnv>(this, 'Collect', 'collect', {
      description: `Asks ${id} and stores its days`,
      logDays: settings.aws.retention.logDays,
      timeout: TIMEOUT,
      memorySize: 1024,
      environment: {
        LAKE_BUCKET: lake.bucket.bucketName,
        STATE_TABLE: lake.state.tableName,
        PSEUDONYM_SECRET: lake.pseudonymKey.secretArn,
        CONNECTIONS: JSON.stringify(connections),
        QUEUES: Stack.of(this).toJsonString({
          [`collect.${id}`]: this.work.queue.queueUrl,
          materialise: INBOX,
        }),
      },
    });
    const written = ['facts/', 'raw/', 'identities/'];
    mayRead(collect, lake, written);
    mayWrite(collect, lake, written);
    mayRemove(collect, lake, ['raw/']);
    mayKeepState(collect, lake);
    mayReadSecrets(collect, [...this.secrets, lake.pseudonymKey.secretArn]);
    this.work.queue.grantSendMessages(collect); // what a run has no time for is handed on
    // Each connection has two groups: what is due now, and the past.
    this.work.feeds(collect, 2 * connections.length);
    alarms.deadLetters('collect_dead_letters', this.work.deadLetters, id);
  }

  /** ARN of a secret that is there, or of a new one without a value: until a key is put there, reading it says so. */
  private secretOf(vendor: string, name: string): string {
    if (name.startsWith('arn:')) return name;
    const made = new secretsmanager.CfnSecret(this, `Secret-${name}`, {
      name,
      description: `Outlay: keys of ${vendor}, each connection's under its alias`,
    });
    Validations.of(made).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: "A vendor's key is made and revoked at the vendor; no function can rotate it.",
    });
    return made.ref;
  }
}
