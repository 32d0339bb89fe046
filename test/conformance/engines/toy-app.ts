import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Two stacks, the second reading the first: what a deployment of ours needs of the emulator, in small. */
const app = new App();
const lake = new Stack(app, 'ToyLake');
const bucket = new s3.Bucket(lake, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });

const writer = new Stack(app, 'ToyWriter');
const write = new lambda.Function(writer, 'Write', {
  functionName: 'toy-write',
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  timeout: Duration.seconds(10),
  environment: { BUCKET: bucket.bucketName },
  code: lambda.Code.fromInline(
    'exports.handler = async ({ n }) => ({ n: n + 1, bucket: process.env.BUCKET, seen: process.env.SEEN_BY_ALL })',
  ),
});
new CfnOutput(writer, 'Name', { value: write.functionName });
