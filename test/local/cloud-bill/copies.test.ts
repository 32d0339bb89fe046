import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PAYER } from '../../../local/cloud-bill/charge.ts';
import { copiedBills, readCopies } from '../../../local/cloud-bill/copies.ts';
import { deliverBill, placesOf } from '../../../local/cloud-bill/write.ts';
import { makeWorld } from '../../../local/vendors/company/world.ts';
import { cloudBill } from '../../../shared/cloud-bill/settings.ts';

const said = (folder: string | undefined, form = 'cur2', name = 'halden-costs') =>
  cloudBill.parse({ form, account: PAYER.id, bucket: 'company-costs', prefix: 'billing', name, folder });

let lake = '';
let folder = '';
const fresh = async (): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'copies-'));
  const world = makeWorld({ seed: 7, end: '2026-11-24', days: 40, developers: 4 });
  await deliverBill(root, world, { form: 'cur2', from: '2026-10-20', through: '2026-11-24' });
  return join(root, 'cloud-bill', 'cur2');
};

beforeAll(async () => {
  lake = await mkdtemp(join(tmpdir(), 'lake-'));
  folder = await fresh();
});

const MONTHS = ['2026-10', '2026-11'];
const { manifest, data } = placesOf('cur2', '2026-10');
const told = async (of: string): Promise<readonly string[]> => {
  const settings = [said(of)];
  return readCopies(lake, settings, await copiedBills(settings), MONTHS);
};

describe('a copy of the AWS bill', () => {
  it('is read where it lies, and nothing is to be said of whole months', async () => {
    expect(await told(folder)).toEqual([]);
    expect(JSON.parse(await readFile(join(lake, 'cloud-bill', 'bills.json'), 'utf8'))).toEqual([
      {
        account: PAYER.id,
        form: 'cur2',
        tags: { team: 'team', costCenter: 'cost_center' },
        folder: join(folder, 'halden-costs'),
      },
    ]);
  });

  it('is asked for, with the command, where its folder is not there', async () => {
    await expect(copiedBills([said('./nowhere')])).rejects.toThrow(
      "The folder ./nowhere (cloudBill, payer account 111122223333) is not there; copy the bill with 'aws s3 sync s3://company-costs/billing/ ./nowhere'.",
    );
  });

  it('is asked for where no month lies below its name', async () => {
    await expect(copiedBills([said(folder, 'cur2', 'other')])).rejects.toThrow(
      'holds no Parquet file of a month below other/, such as other/data/BILLING_PERIOD=2026-10/;',
    );
  });

  it('is refused in another form than the one said', async () => {
    await expect(copiedBills([said(folder, 'focus_1_2')])).rejects.toThrow(
      'lacks chargeperiodstart, chargecategory, billedcost, effectivecost, which every bill in the form focus_1_2 has; it looks like cur2; say its form in cloudBill, or copy the other.',
    );
  });

  it('is refused where a file is no Parquet', async () => {
    const broken = await fresh();
    await writeFile(join(broken, placesOf('cur2', '2026-11').data), 'PAR1 not really');
    await expect(copiedBills([said(broken)])).rejects.toThrow('cannot be read as Parquet; copy it again.');
  });

  it('is not read in a month without its manifest, and says so', async () => {
    const half = await fresh();
    await rm(join(half, manifest));
    expect(await told(half)).toEqual([
      `The AWS bill of 111122223333 for 2026-10 is not read: its manifest (…Manifest.json) is not in ${join(half, 'halden-costs')}, so nothing says that its files are all there; copy it too.`,
    ]);
  });

  it('is not read in a month whose files are newer than the manifest, and says so', async () => {
    const half = await fresh();
    const later = new Date(Date.UTC(2100, 0, 1));
    await utimes(join(half, data), later, later);
    expect(await told(half)).toEqual([
      "The AWS bill of 111122223333 for 2026-10 is not read: its files are not those that its manifest lists, or newer than it; AWS is delivering anew, or the copy lost its times, which 'aws s3 sync' keeps.",
    ]);
  });

  it('counts by the newest manifest where former ones are kept beside it', async () => {
    const kept = await fresh();
    const former = join(kept, 'halden-costs/metadata/BILLING_PERIOD=2026-10/0a1b-execution');
    await mkdir(former, { recursive: true });
    await writeFile(join(former, 'halden-costs-Manifest.json'), '{"dataFiles": ["gone.parquet"]}');
    const early = new Date(Date.UTC(2020, 0, 1));
    await utimes(join(former, 'halden-costs-Manifest.json'), early, early);
    expect(await told(kept)).toEqual([]);
  });

  it('is told to be missing where the bill lies in its bucket alone', async () => {
    const settings = [said(undefined)];
    expect(await readCopies(lake, settings, await copiedBills(settings), MONTHS)).toEqual([
      "The AWS bill of 111122223333 is not read here: copy it with 'aws s3 sync s3://company-costs/billing/ ./exports' and name folder: './exports' in cloudBill.",
    ]);
    expect(await readFile(join(lake, 'cloud-bill', 'bills.json'), 'utf8')).toBe('[]\n');
  });
});
