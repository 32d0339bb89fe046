import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { companyBill, deliverBill } from '../../../local/cloud-bill/write.ts';
import { makeWorld, type World } from '../../../local/vendors/company/world.ts';
import type { VendorOptions } from '../../../local/vendors/index.ts';
import { openViews } from '../../../local/views.ts';
import { BILL_FORMS, type BillForm } from '../../../shared/cloud-bill/bill.ts';
import type { ConfigInput } from '../../../shared/config.ts';
import { addDays } from '../../../shared/time.ts';

type Setting = NonNullable<ConfigInput['cloudBill']>[number];

/** A bill that the account holds: as the settings name it, and the folder it was delivered from. */
export interface HeldBill extends Setting {
  readonly folder: string;
}

/** Payer accounts of the forms after the first, which is the made-up company's own. */
const OTHERS = ['555566667777', '666677778888', '777788889999'];
/** Only a grant is made of it. */
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-4000-8000-000000000000';

/** Puts the made-up company's bill into the account in each of AWS's forms, each in a bucket of its own, behind a prefix. */
export async function holdBills(
  s3: S3Client,
  home: string,
  options: Omit<VendorOptions, 'clock'>,
): Promise<HeldBill[]> {
  const world = makeWorld(options);
  const held: HeldBill[] = [];
  for (const [at, form] of BILL_FORMS.entries()) held.push(await hold(s3, home, world, { form, at }));
  return held;
}

async function hold(
  s3: S3Client,
  home: string,
  world: World,
  { form, at }: { readonly form: BillForm; readonly at: number },
): Promise<HeldBill> {
  const { days, end } = world.setting;
  const root = join(home, 'bills', form);
  await deliverBill(root, world, { form, from: addDays(end, 1 - days), through: end });
  const own = companyBill(form);
  const folder = join(root, own.folder);
  const bucket = `costs-of-${form.replaceAll('_', '-')}`;
  const prefix = `billing/${form}`;
  const names = await readdir(folder, { recursive: true });
  // The manifest last, as AWS does.
  const files = names
    .filter((name) => /\.(parquet|json)$/.test(name))
    .sort((a, b) => Number(isTold(a)) - Number(isTold(b)));
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    const Body = isTold(file) ? manifestIn(bucket, prefix, bytes.toString()) : bytes;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/${file}`, Body }));
  }
  return {
    ...{
      form,
      bucket,
      prefix,
      name: files[0]?.split('/')[0] ?? '',
      account: OTHERS[at - 1] ?? own.account,
      folder: root,
    },
    ...(form === 'focus_1_0' ? { kmsKey: KEY } : {}),
  };
}

const isTold = (file: string): boolean => file.endsWith('.json');
const keys = z.array(z.string());
const manifest = z.looseObject({ dataFiles: keys.optional(), reportKeys: keys.optional() });

/** A manifest names whole keys: Data Exports with the bucket, legacy CUR without. */
function manifestIn(bucket: string, prefix: string, text: string): string {
  const { dataFiles, reportKeys, ...others } = manifest.parse(JSON.parse(text));
  return JSON.stringify({
    ...others,
    ...(dataFiles && { dataFiles: dataFiles.map((key) => `s3://${bucket}/${prefix}/${key}`) }),
    ...(reportKeys && { reportKeys: reportKeys.map((key) => `${prefix}/${key}`) }),
  });
}

/** What a laptop reads in a bill: lines and dollars, as text. */
export async function billedHere({ folder }: HeldBill): Promise<readonly [string, string]> {
  const views = await openViews(folder);
  try {
    const sql =
      'select cast(count(*) as varchar) as line_count, cast(sum(billed_cost) as varchar) as billed from stg_cloud_bill';
    const [row] = await Array.fromAsync(views.warehouse.rows(sql));
    return [row?.line_count ?? '', row?.billed ?? ''];
  } finally {
    views.close();
  }
}
