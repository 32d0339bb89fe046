import { setTimeout } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Bills } from '../../shared/cloud-bill/delivery.ts';
import type { BillSettings } from '../../shared/cloud-bill/settings.ts';
import type { Clock, Platform, State } from '../../shared/platform.ts';
import { type Again, sqsAgain } from './again.ts';
import { s3Bills } from './bills.ts';
import { codec } from './codec.ts';
import { keyedCrypto } from './crypto.ts';
import type { PlatformEnv } from './env.ts';
import { s3Objects } from './objects.ts';
import { sqsQueue } from './queue.ts';
import { awsSecrets } from './secrets.ts';
import { dynamoState } from './state.ts';
import { snsTopic } from './topic.ts';
import { athenaWarehouse } from './warehouse.ts';

const clock: Clock = { now: () => Date.now(), sleep: (ms) => setTimeout(ms) };

/** A failed message is seen again soon. */
export const awsAgain: Again = (message) => sqsAgain(new SQSClient({}))(message);

/** AWS's side of every port, as far as the environment names it. The only place where AWS clients are made. */
export async function awsPlatform(env: PlatformEnv): Promise<Platform> {
  const secrets = awsSecrets(new SecretsManagerClient({}), clock);
  const { LAKE_BUCKET: bucket, STATE_TABLE: table, TOPIC_ARN: topic, PSEUDONYM_SECRET: pseudonym } = env;
  const { ATHENA_WORKGROUP: workgroup, GLUE_DATABASE: database } = env;
  const state = table === undefined ? absent<State>('STATE_TABLE') : dynamoState(new DynamoDBClient({}), table);
  return {
    fetch: globalThis.fetch,
    clock,
    random: { next: Math.random },
    secrets,
    codec,
    objects: bucket === undefined ? absent('LAKE_BUCKET') : s3Objects(new S3Client({}), bucket),
    state,
    queue: sqsQueue(new SQSClient({}), env.QUEUES ?? {}, state),
    notify: topic === undefined ? absent('TOPIC_ARN') : snsTopic(new SNSClient({}), topic, env.ALERT_FORM ?? 'data'),
    warehouse:
      bucket === undefined || workgroup === undefined || database === undefined
        ? absent('LAKE_BUCKET, ATHENA_WORKGROUP and GLUE_DATABASE')
        : athenaWarehouse(new AthenaClient({}), new GlueClient({}), { workgroup, database, bucket }, clock),
    crypto: keyedCrypto(pseudonym === undefined ? null : await secrets.read(pseudonym)),
  };
}

/** The bills that this function reads, in buckets of whichever Region. */
export const awsBills = (bills: readonly BillSettings[], { warehouse }: Pick<Platform, 'warehouse'>): Bills =>
  s3Bills(bills, new S3Client({ followRegionRedirects: true }), warehouse);

/** A port that this function was not given: any use says so. */
function absent<Port extends object>(name: string): Port {
  const use = (): never => {
    throw new Error(`this function was deployed without ${name}, so it may not do this`);
  };
  // Every member of a port is a function; which one is asked for does not matter.
  return new Proxy<Port>({} as Port, { get: () => use });
}
