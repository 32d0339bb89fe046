import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type Lake, RESULTS } from './lake-stack.ts';

/** A function that is granted something. */
export type Grantee = iam.IGrantable & Construct;

/** Reads objects below these prefixes, and lists them. */
export function mayRead(to: Grantee, { bucket, key }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:GetObject'], below(bucket.bucketArn, prefixes));
  allow(to, ['s3:ListBucket'], [bucket.bucketArn], {
    StringLike: { 's3:prefix': prefixes.flatMap((prefix) => [prefix, `${prefix}*`]) },
  });
  allow(to, ['kms:Decrypt'], [key.keyArn]);
}

/** Writes objects below these prefixes, also in parts. */
export function mayWrite(to: Grantee, { bucket, key }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:PutObject', 's3:AbortMultipartUpload'], below(bucket.bucketArn, prefixes));
  // A part is decrypted when the parts are joined.
  allow(to, ['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]);
}

/** Removes objects below these prefixes. */
export function mayRemove(to: Grantee, { bucket }: Lake, prefixes: readonly string[]): void {
  allow(to, ['s3:DeleteObject'], below(bucket.bucketArn, prefixes));
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
  allow(
    to,
    [
      'glue:GetDatabase',
      'glue:GetTable',
      'glue:GetTables',
      'glue:GetPartition',
      'glue:GetPartitions',
      'glue:BatchGetPartition',
    ],
    glueArns(to, lake, tables),
  );
}

/** Makes months of these tables exist, or stand elsewhere. */
export function mayPoint(to: Grantee, lake: Lake, tables: readonly string[]): void {
  allow(
    to,
    [
      'glue:GetTable',
      'glue:GetPartitions',
      'glue:GetPartition',
      'glue:BatchCreatePartition',
      'glue:BatchUpdatePartition',
    ],
    glueArns(to, lake, tables),
  );
}

/** Makes and replaces these views. */
export function mayPublish(to: Grantee, lake: Lake, views: readonly string[]): void {
  allow(to, ['glue:CreateTable', 'glue:UpdateTable'], glueArns(to, lake, views));
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

const below = (bucketArn: string, prefixes: readonly string[]): string[] =>
  prefixes.map((prefix) => `${bucketArn}/${prefix}*`);

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

/** Explains the wildcards that remain: keys of objects below a prefix. */
export function explainPrefixes(of: Construct): void {
  Validations.of(of).acknowledge({
    id: 'AwsSolutions-IAM5',
    reason: "Objects' keys carry days and are not known beforehand; every grant names the prefix they stand under.",
  });
}
