import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Objects } from '../../functions/lib/objects.ts';
import { dynamoState } from '../../functions/lib/state.ts';
import { bytesIn } from '../../shared/bytes.ts';
import { objectsContract } from '../contracts/objects.ts';
import { stateContract } from '../contracts/state.ts';
import { type Emulator, startEmulator } from './engines/emulator.ts';

let emulator: Emulator;
let count = 0;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator?.stop();
});

async function bucket() {
  const Bucket = `bucket-${++count}`;
  const s3 = new S3Client(emulator.client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  return s3Objects(s3, Bucket);
}

async function table() {
  const TableName = `table-${++count}`;
  const dynamo = new DynamoDBClient(emulator.client);
  const keys = { pk: 'HASH', sk: 'RANGE' } as const;
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
      AttributeDefinitions: Object.keys(keys).map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  return dynamoState(dynamo, TableName);
}

objectsContract('S3', bucket);
stateContract('DynamoDB', table);

describe('an object of many parts', () => {
  const parts = async function* (breaks = false): AsyncGenerator<Uint8Array> {
    for (let part = 0; part < 20; part += 1) yield new Uint8Array(1_000_003).fill(part);
    if (breaks) throw new Error('line cut');
  };

  it('is put whole, under the same conditions as a small one', async () => {
    const objects = await bucket();
    const first = (await objects.put('big', parts(), { when: 'absent' })) ?? '';
    expect(await objects.put('big', parts(), { when: 'absent' })).toBeNull();
    expect(await objects.put('big', parts(), { when: { match: 'other' } })).toBeNull();
    expect(await objects.put('big', parts(), { when: { match: first } })).not.toBeNull();
    const stored = await objects.get('big');
    const bytes = await bytesIn(stored?.body ?? []);
    expect([bytes.length, bytes.at(-1)]).toEqual([20 * 1_000_003, 19]);
  });

  it('is not there when its stream breaks off', async () => {
    const objects = await bucket();
    await expect(objects.put('big', parts(true), { when: 'any' })).rejects.toThrow('line cut');
    expect(await objects.head('big')).toBeNull();
  });
});
