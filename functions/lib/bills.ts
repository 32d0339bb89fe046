import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { billTable } from '../../shared/cloud-bill/bill.ts';
import {
  type Bills,
  type DeliveredObject,
  deliveryOf,
  filesOf,
  type Manifest,
} from '../../shared/cloud-bill/delivery.ts';
import { type BillSettings, billOf, prefixesOf } from '../../shared/cloud-bill/settings.ts';
import type { Warehouse } from '../../shared/platform.ts';
import { json } from './env.ts';

const settings: z.ZodType<BillSettings> = z.object({
  form: z.enum(['cur2', 'focus_1_0', 'focus_1_2', 'legacy']),
  account: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  name: z.string(),
  region: z.string().optional(),
  kmsKey: z.string().optional(),
  create: z.boolean(),
  tags: z.object({ team: z.string(), costCenter: z.string() }),
});

/** The bills that a function is told of, as JSON. */
export const billsEnv = z.object({ BILLS: json(z.array(settings)) });

/** Bills in buckets: a month is looked at by listing it, and shown to Athena once its delivery is whole. */
export function s3Bills(given: readonly BillSettings[], s3: S3Client, warehouse: Pick<Warehouse, 'point'>): Bills {
  return {
    bills: given.map(billOf),
    delivered: async ({ account }, period) => {
      const bill = given.find((one) => one.account === account);
      if (bill === undefined) return { state: 'none', fingerprint: '' };
      const { data, manifest } = prefixesOf(bill, period);
      // The manifest first: what is delivered after it was read shows as newer.
      const told = await manifestIn(s3, bill.bucket, manifest);
      const files = (await list(s3, bill.bucket, data)).filter(({ key }) => key.endsWith('.parquet'));
      const delivery = deliveryOf(files, told);
      if (delivery.state === 'whole')
        await warehouse.point(billTable(bill), new Map([[period, `s3://${bill.bucket}/${data}`]]));
      return delivery;
    },
  };
}

async function list(s3: S3Client, Bucket: string, Prefix: string): Promise<DeliveredObject[]> {
  const found: DeliveredObject[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix }))
    for (const { Key = '', ETag = '', LastModified } of Contents)
      found.push({ key: Key, etag: ETag, at: LastModified?.getTime() ?? 0 });
  return found;
}

async function manifestIn(s3: S3Client, Bucket: string, prefix: string): Promise<Manifest | null> {
  const found = (await list(s3, Bucket, prefix)).filter(({ key }) => key.endsWith('Manifest.json'));
  const newest = found.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) return null;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: newest.key }));
  const told: unknown = JSON.parse((await Body?.transformToString()) ?? 'null');
  return { ...newest, files: filesOf(told) };
}
