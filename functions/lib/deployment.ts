import { GetDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { INBOX } from '../../shared/platform.ts';
import { queueName } from '../../shared/queue-name.ts';
import type { PlatformEnv } from './env.ts';
import { isNamed } from './failure.ts';

/** What the catalogue's database says of the lake it belongs to. */
const deployedLake = z.object({ lake_bucket: z.string(), state_table: z.string(), pseudonym_secret: z.string() });
/** What the catalogue's database says of the lake it belongs to. */
export type DeployedLake = z.infer<typeof deployedLake>;

/** There is no deployment of this name where the caller's credentials point. */
export class NotDeployed extends Error {}

/** What a deployment is called, and what of it is needed. */
export interface Asked {
  /** `aws.name` of the settings. */
  readonly name: string;
  /** Vendors whose queue is written to. */
  readonly vendors: readonly string[];
  /** Whether addresses become pseudonyms. */
  readonly pseudonyms: boolean;
}

/** The environment that a deployed function would have, found with the caller's credentials. @throws NotDeployed */
export async function findDeployment({ name, vendors, pseudonyms }: Asked): Promise<PlatformEnv> {
  const absent = (what: string, cause: unknown): NotDeployed =>
    new NotDeployed(
      `There is no ${what} in this account and Region; 'npx cdk deploy --all' makes it, aws.name in the settings names another deployment.`,
      { cause },
    );
  const { Database } = await new GlueClient({}).send(new GetDatabaseCommand({ Name: name })).catch((cause: unknown) => {
    throw isNamed(cause, 'EntityNotFoundException') ? absent(`Outlay named '${name}'`, cause) : cause;
  });
  const lake = deployedLake.safeParse(Database?.Parameters);
  if (!lake.success)
    throw new NotDeployed(
      `The database ${name} is none of this version's; 'npx cdk deploy --all' brings it up to date.`,
    );
  const QUEUES: Record<string, string> = { materialise: INBOX };
  for (const vendor of vendors) {
    const QueueName = `${queueName(name, vendor)}.fifo`;
    const { QueueUrl = '' } = await new SQSClient({})
      .send(new GetQueueUrlCommand({ QueueName }))
      .catch((cause: unknown) => {
        const isAbsent = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'].some((of) =>
          isNamed(cause, of),
        );
        throw isAbsent ? absent(`queue ${QueueName}`, cause) : cause;
      });
    QUEUES[`collect.${vendor}`] = QueueUrl;
  }
  const { lake_bucket, state_table, pseudonym_secret } = lake.data;
  return {
    LAKE_BUCKET: lake_bucket,
    STATE_TABLE: state_table,
    ATHENA_WORKGROUP: name,
    GLUE_DATABASE: name,
    QUEUES,
    ...(pseudonyms ? { PSEUDONYM_SECRET: pseudonym_secret } : {}),
  };
}
