import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { copyTables } from '../shared/tables/copies.ts';
import { TABLES } from '../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../shared/tables/materialised.ts';
import { Catalogue } from './catalogue.ts';
import { CloudBill } from './cloud-bill.ts';
import type { Settings } from './settings.ts';

/** What the other stacks need of the lake. */
export interface Lake {
  readonly bucket: Pick<s3.IBucket, 'bucketName' | 'bucketArn'>;
  readonly key: kms.IKey;
  readonly state: Pick<dynamodb.ITable, 'tableName' | 'tableArn'>;
  readonly pseudonymKey: Pick<secretsmanager.ISecret, 'secretArn'>;
  readonly database: string;
  readonly workgroup: string;
}

/** Where Athena puts results. */
export const RESULTS = 'athena-results/';

/** The lake: bucket, key, catalogue, workgroup, state, pseudonym key. `cdk destroy` keeps what holds data. */
export class LakeStack extends Stack {
  readonly lake: Lake;

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, props);
    const { existing, name, scanLimitGb } = settings.aws;
    const key = existing.key === undefined ? this.newKey() : kms.Key.fromKeyArn(this, 'Key', existing.key);
    const bucket: Lake['bucket'] =
      existing.bucket === undefined
        ? this.newBucket(key, settings)
        : s3.Bucket.fromBucketAttributes(this, 'Bucket', { bucketName: existing.bucket, encryptionKey: key });
    const state =
      existing.stateTable === undefined
        ? this.newState()
        : dynamodb.Table.fromTableName(this, 'State', existing.stateTable);
    const pseudonymKey =
      existing.pseudonymSecret === undefined
        ? this.newPseudonymKey()
        : secretsmanager.Secret.fromSecretCompleteArn(this, 'PseudonymKey', existing.pseudonymSecret);
    const catalogue = new Catalogue(this, 'Catalogue', {
      account: this.account,
      database: name,
      bucket: bucket.bucketName,
      tables: [...TABLES, ...MATERIALISED, ...CANDIDATES, ...copyTables(settings.copies)],
      deployment: {
        lake_bucket: bucket.bucketName,
        state_table: state.tableName,
        pseudonym_secret: pseudonymKey.secretArn,
      },
    });
    for (const bill of settings.cloudBill)
      new CloudBill(this, `Bill-${bill.account}`, { database: name, account: this.account, bill }).node.addDependency(
        catalogue,
      );
    this.workgroup(name, bucket, key, scanLimitGb);
    this.lake = { bucket, key, state, pseudonymKey, database: name, workgroup: name };
    this.outputs();
  }

  private newKey(): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: 'Outlay: the lake and its notifications',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // CloudWatch tells of alarms through an encrypted topic.
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    return key;
  }

  private newBucket(key: kms.IKey, { aws: { retention } }: Settings): s3.Bucket {
    const former = (days: number) => ({ noncurrentVersionExpiration: Duration.days(days) });
    const bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'raw-answers', prefix: 'raw/', expiration: Duration.days(retention.rawDays), ...former(1) },
        { id: 'query-results', prefix: RESULTS, expiration: Duration.days(retention.resultDays), ...former(1) },
        { id: 'former-facts', prefix: 'facts/', ...former(retention.formerDays) },
        { id: 'former-reference', prefix: 'reference/', ...former(retention.formerDays) },
        { id: 'former-marts', prefix: 'marts/', ...former(7) },
        { id: 'former-status', prefix: 'status/', ...former(1) },
        // Who is erased is erased: no former version of a name outlives a day.
        { id: 'former-names', prefix: 'identities/', ...former(1) },
        {
          id: 'broken-uploads',
          abortIncompleteMultipartUploadAfter: Duration.days(2),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Access logs would cost more than the lake holds; who reads it is told by CloudTrail data events where an account wants them.',
    });
    return bucket;
  }

  /** What was collected, what is locked, who was erased. */
  private newState(): dynamodb.Table {
    return new dynamodb.Table(this, 'State', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expires_at',
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Made once, never rotated: another key would make another person of everybody. */
  private newPseudonymKey(): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(this, 'PseudonymKey', {
      description: 'Outlay: key of the pseudonyms. Never change it, never lose it.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Rotating the key of the pseudonyms would make another person of everybody.',
    });
    return secret;
  }

  private workgroup(name: string, bucket: Lake['bucket'], key: kms.IKey, scanLimitGb: number): void {
    new athena.CfnWorkGroup(this, 'Workgroup', {
      name,
      description: 'Outlay: results encrypted, scans cut off',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: Math.round(scanLimitGb * 1_000_000_000),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${RESULTS}`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
          expectedBucketOwner: this.account,
        },
      },
    });
  }

  /** What `outlay.config.ts` names under `aws.existing` to take the lake up again after a `cdk destroy`. */
  private outputs(): void {
    const { bucket, key, state, pseudonymKey } = this.lake;
    new CfnOutput(this, 'LakeBucket', { value: bucket.bucketName });
    new CfnOutput(this, 'LakeKey', { value: key.keyArn });
    new CfnOutput(this, 'StateTable', { value: state.tableName });
    new CfnOutput(this, 'PseudonymSecret', { value: pseudonymKey.secretArn });
  }
}
