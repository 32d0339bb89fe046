import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** What `cdk destroy` keeps of a lake, as the outputs of its stack name it. */
export interface Kept {
  readonly bucket: string;
  readonly key: string;
  readonly stateTable: string;
  readonly pseudonymSecret: string;
}

/** Deletes a trial's lake for good: every version of every object, bucket, state and pseudonym key. */
export async function removeLake({ bucket, key, stateTable, pseudonymSecret }: Kept): Promise<string> {
  const s3 = new S3Client({});
  let count = 0;
  for (;;) {
    // What was listed is gone by the next look, so it always begins at the front.
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new Error(`S3 kept ${Errors.length} objects of ${bucket}: ${Errors[0]?.Message}`);
    count += Objects.length;
  }
  await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  await new DynamoDBClient({}).send(new DeleteTableCommand({ TableName: stateTable }));
  const forget = { SecretId: pseudonymSecret, ForceDeleteWithoutRecovery: true };
  await new SecretsManagerClient({}).send(new DeleteSecretCommand(forget));
  return `${count} object versions, bucket, state and pseudonym key are gone; the KMS key costs on until you run: aws kms schedule-key-deletion --key-id ${key}`;
}
