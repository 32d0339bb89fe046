import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { BILL_FORMS } from '../../../shared/cloud-bill/bill.ts';
import type { Deployed } from './deployed.ts';

/** Shows by IAM's own word that a bill is read by who makes months of it, under its own prefix and by no collector. */
export function onlyTheBill(at: () => Deployed): void {
  const reader = async (logicalId: string) => {
    const { role } = await at().account.fn(logicalId);
    const s3 = new S3Client(await at().account.as(role));
    const said = (asked: Promise<unknown>): Promise<string> =>
      asked.then(
        () => 'read',
        (error: Error) => error.name,
      );
    return {
      list: (Bucket: string, Prefix: string) => said(s3.send(new ListObjectsV2Command({ Bucket, Prefix }))),
      get: (Bucket: string, Key: string) => said(s3.send(new GetObjectCommand({ Bucket, Key }))),
    };
  };

  it.each(BILL_FORMS)('let the bill in the form %s be read under its prefix, and by no collector', async (form) => {
    const { bucket, prefix, name } = at().bills.find((bill) => bill.form === form) ?? expect.fail(`no bill ${form}`);
    const base = `${prefix}/${name}/`;
    const root = new S3Client(at().emulator.client);
    const { Contents = [] } = await root.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: base }));
    const file = Contents.find(({ Key = '' }) => Key.endsWith('.parquet'))?.Key ?? '';
    const [materialise, collect] = await Promise.all([reader('MaterialiseFunction'), reader('anthropicCollect')]);
    expect([await materialise.list(bucket, base), await materialise.get(bucket, file)]).toEqual(['read', 'read']);
    expect([await materialise.list(bucket, 'others/'), await materialise.get(bucket, 'others/file')]).toEqual([
      'AccessDenied',
      'AccessDenied',
    ]);
    expect([await collect.list(bucket, base), await collect.get(bucket, file)]).toEqual([
      'AccessDenied',
      'AccessDenied',
    ]);
  });
}
