import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as z from 'zod';
import { type Lake, RESULTS } from './lake-stack.ts';

/** Who is granted something: a function, or a role that people take. */
export type Grantee = lambda.Function | iam.Role;

/** Reads objects below these prefixes, and lists them. */
export function mayRead(to: Grantee, { bucket, key }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:GetObject'], below(to, bucket.bucketArn, prefixes));
  // IfExists: asking for an object that is not there carries no prefix, and must be answered "not there", not "denied".
  allow(to, ['s3:ListBucket'], [bucket.bucketArn], {
    StringLikeIfExists: { 's3:prefix': prefixes.flatMap((prefix) => [prefix, `${prefix}*`]) },
  });
  allow(to, ['kms:Decrypt'], [key.keyArn]);
}

/** Writes objects below these prefixes, also in parts. */
export function mayWrite(to: Grantee, { bucket, key }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:PutObject', 's3:AbortMultipartUpload'], below(to, bucket.bucketArn, prefixes));
  // A part is decrypted when the parts are joined.
  allow(to, ['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]);
}

/** Replaces one object, by its exact key. */
export function mayReplace(to: Grantee, { bucket }: Lake, key: string): void {
  allow(to, ['s3:GetObject', 's3:PutObject'], [`${bucket.bucketArn}/${key}`]);
}

/** Removes objects below these prefixes. */
export function mayRemove(to: Grantee, { bucket }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:DeleteObject'], below(to, bucket.bucketArn, prefixes));
}

/** Reads and changes the state, item by item. */
export function mayKeepState(to: Grantee, { state }: Lake): void {
  allow(
    to,
    ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    [state.tableArn],
  );
}

/** Reads these secrets, by ARN. */
export function mayReadSecrets(to: Grantee, arns: readonly string[]): void {
  allow(to, ['secretsmanager:GetSecretValue'], [...arns]);
}

/** Stores a value in these secrets, by ARN, and reads none. */
export function mayPutSecrets(to: Grantee, arns: readonly string[]): void {
  allow(to, ['secretsmanager:PutSecretValue'], [...arns]);
}

/** Finds these queues by name, and writes to them. */
export function mayQueue(to: Grantee, queues: readonly sqs.IQueue[]): void {
  allow(
    to,
    ['sqs:GetQueueUrl', 'sqs:SendMessage'],
    queues.map(({ queueArn }) => queueArn),
  );
}

/** Publishes to a topic that is encrypted with the lake's key. */
export function mayTell(to: Grantee, { key }: Lake, topic: sns.ITopic): void {
  allow(to, ['sns:Publish'], [topic.topicArn]);
  allow(to, ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
}

/** Runs queries in the lake's workgroup, whose results stand under their own prefix. */
export function mayQuery(to: Grantee, lake: Lake): void {
  const { partition, region, account } = Stack.of(to);
  allow(
    to,
    ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
    [`arn:${partition}:athena:${region}:${account}:workgroup/${lake.workgroup}`],
  );
  // Athena looks for the bucket's region, and for a database of this name, before it runs anything.
  allow(to, ['s3:GetBucketLocation'], [lake.bucket.bucketArn]);
  allow(to, ['glue:GetDatabase'], glueArns(to, lake, [], ['default']));
  mayRead(to, lake, [RESULTS]);
  mayWrite(to, lake, [RESULTS]);
}

/** Sees tables and views in the catalogue, and where their months stand. */
export function maySee(to: Grantee, lake: Lake, tables: readonly string[]): void {
  const actions = ['Database', 'Table', 'Tables', 'Partition', 'Partitions'].map((what) => `glue:Get${what}`);
  allowTables(to, lake, [...actions, 'glue:BatchGetPartition'], tables);
}

/** Makes months of these tables exist, or stand elsewhere. */
export function mayPoint(to: Grantee, lake: Lake, tables: readonly string[]): void {
  const actions = ['GetTable', 'GetPartitions', 'GetPartition', 'BatchCreatePartition', 'BatchUpdatePartition'];
  allowTables(
    to,
    lake,
    actions.map((action) => `glue:${action}`),
    tables,
  );
}

/** Makes and replaces these views. */
export function mayPublish(to: Grantee, lake: Lake, views: readonly string[]): void {
  allowTables(to, lake, ['glue:CreateTable', 'glue:UpdateTable'], views);
}

function allow(
  to: Grantee,
  actions: string[],
  resources: string[],
  conditions?: Readonly<Record<string, Record<string, string[]>>>,
): void {
  to.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
  );
}

/** Tables of one statement: IAM takes 6,144 characters a policy, and what is longer is parted between statements, never within one. */
const TABLES_A_STATEMENT = 16;

/** Allows actions on tables, which Glue asks for one by one. */
function allowTables(to: Grantee, lake: Lake, actions: string[], tables: readonly string[]): void {
  for (let from = 0; from === 0 || from < tables.length; from += TABLES_A_STATEMENT)
    allow(to, actions, glueArns(to, lake, tables.slice(from, from + TABLES_A_STATEMENT)));
}

/** Every object below these prefixes: the one kind of wildcard there is, so it is explained where it is made. */
function below(to: Grantee, bucketArn: string, prefixes: readonly string[]): string[] {
  const arns = prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
  const role = to instanceof iam.Role ? to : to.role;
  // cdk-nag names a finding by the ARN as the template writes it, which is known once references have been resolved.
  role?.node.addValidation({
    validate: () => {
      for (const arn of arns)
        Validations.of(role).acknowledge({
          id: `AwsSolutions-IAM5[Resource::${asWritten(Stack.of(to).resolve(arn))}]`,
          reason:
            'Keys of objects carry days, which are not known beforehand; the grant names the prefix they stand under.',
        });
      return [];
    },
  });
  return arns;
}

const joined = z
  .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })
  .transform((of) => of['Fn::Join'][1]);
const imported = z.object({ 'Fn::ImportValue': z.string() }).transform((of) => of['Fn::ImportValue']);
const attribute = z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform((of) => `<${of['Fn::GetAtt'].join('.')}>`);
const reference = z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`);
const simple = z.union([z.string(), imported, attribute, reference]);

/** An ARN of the template as cdk-nag writes it. */
const asWritten = (arn: unknown): string =>
  z.union([simple, joined.transform((parts) => parts.map((part) => simple.parse(part)).join(''))]).parse(arn);

/** Glue asks for the catalogue and the database beside each table. */
function glueArns(to: Grantee, { database }: Lake, tables: readonly string[], databases = [database]): string[] {
  const { partition, region, account } = Stack.of(to);
  const of = (rest: string): string => `arn:${partition}:glue:${region}:${account}:${rest}`;
  return [
    of('catalog'),
    ...databases.map((name) => of(`database/${name}`)),
    ...tables.map((table) => of(`table/${database}/${table}`)),
  ];
}
