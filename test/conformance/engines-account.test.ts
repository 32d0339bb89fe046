import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cdkApp } from './engines/cdk.ts';
import { cfnLint } from './engines/cfn-lint.ts';
import { type Emulator, startEmulator } from './engines/emulator.ts';
import { startRuntime } from './engines/runtime-api.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ lambdaEnv: { SEEN_BY_ALL: 'yes' } });
});
afterAll(async () => {
  await emulator?.stop();
});

describe('the emulator', () => {
  it('refuses to put over an object that stands', async () => {
    const s3 = new S3Client(emulator.client);
    await s3.send(new CreateBucketCommand({ Bucket: 'conditional' }));
    const put = () => s3.send(new PutObjectCommand({ Bucket: 'conditional', Key: 'k', Body: 'x', IfNoneMatch: '*' }));
    await put();
    await expect(put()).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  });

  it('deploys two stacks that lean on each other, runs their function, and destroys them', async () => {
    const app = cdkApp(emulator, 'node test/conformance/engines/toy-app.ts');
    await app.bootstrap();
    await app.synth();
    const outputs = await app.deploy();
    expect(outputs).toMatchObject({ ToyWriter: { Name: 'toy-write' } });
    expect(await app.differs()).toBe(false);
    const invoked = await fetch(`${emulator.url}/2015-03-31/functions/toy-write/invocations`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20261101/us-east-1/lambda/aws4_request' },
      body: JSON.stringify({ n: 1 }),
    });
    expect(await invoked.json()).toEqual({ n: 2, bucket: expect.stringMatching(/^toylake-/), seen: 'yes' });
    await app.destroy();
  });

  it('is empty after a reset', async () => {
    await emulator.reset();
    expect((await new S3Client(emulator.client).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });
});

describe('cfn-lint', () => {
  it('passes a right template and names what is wrong in another', async () => {
    const right = join(emulator.home, 'right.json');
    const wrong = join(emulator.home, 'wrong.json');
    const bucket = (Properties: object) =>
      JSON.stringify({ Resources: { Lake: { Type: 'AWS::S3::Bucket', Properties } } });
    await writeFile(right, bucket({ BucketName: 'lake-of-ours' }));
    await writeFile(wrong, bucket({ BucketNam: 'lake-of-ours' }));
    expect(await cfnLint([right])).toEqual([]);
    expect(await cfnLint([right, wrong])).toEqual([
      {
        rule: 'E3002',
        level: 'Error',
        says: expect.stringContaining("'BucketNam' was unexpected"),
        template: wrong,
        line: expect.any(Number),
      },
    ]);
  });
});

describe("AWS's runtime client", () => {
  it('runs a bundle: its answer, its error, and a start that fails', async () => {
    const bundle = await mkdtemp(join(emulator.home, 'bundle-'));
    const code =
      "export const handler = async ({ n }) => { if (n === 0) throw new RangeError('zero'); console.log('ran'); return { n }; };";
    await writeFile(join(bundle, 'index.mjs'), code);
    const runtime = await startRuntime({ bundle });
    expect(await runtime.invoke({ n: 1 })).toMatchObject({ ok: true, response: { n: 1 } });
    expect(await runtime.invoke({ n: 0 })).toMatchObject({
      ok: false,
      error: { errorType: 'RangeError', errorMessage: 'zero' },
    });
    expect(await runtime.invoke({ n: 2 })).toMatchObject({ ok: true, response: { n: 2 } });
    expect(runtime.log()).toContain('"message":"ran"');
    await runtime.stop();

    const wrong = await startRuntime({ bundle, handler: 'index.nothing' });
    expect(await wrong.invoke({})).toMatchObject({ ok: false, error: { errorType: 'Runtime.HandlerNotFound' } });
    await wrong.stop();
  });
});
