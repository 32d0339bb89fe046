import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAYER } from '../../local/cloud-bill/charge.ts';
import { deliverBill } from '../../local/cloud-bill/write.ts';
import { standingClock } from '../../local/platform/clock.ts';
import { makeWorld } from '../../local/vendors/company/world.ts';
import { startVendors, type Vendors } from '../../local/vendors/index.ts';
import { openViews } from '../../local/views.ts';
import { BILL_FORMS } from '../../shared/cloud-bill/bill.ts';
import { addDays, dayOf, startOf } from '../../shared/time.ts';

const LAUNCH = join(import.meta.dirname, '../../local/launch.js');
const TODAY = dayOf(Date.now());
const END = addDays(TODAY, -1);
const SETTING = { seed: 7, end: END, days: 10, developers: 6 };

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

let vendors: Vendors;
let root = '';

/** `npm start` in an operator's folder, with a vendor on loopback for a real one, and bills as its settings name them. */
async function start(home: string, ...bills: object[]): Promise<Ended> {
  const config = {
    company: 'Halden',
    connections: [{ id: 'openrouter.main', baseUrl: vendors.urls['openrouter.main'] }],
    cloudBill: bills.map((bill) => ({ account: PAYER.id, bucket: 'company-costs', name: 'halden-costs', ...bill })),
  };
  await writeFile(join(home, 'outlay.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  const args = ['start', '--once', '--sources', 'openrouter.main', '--config', 'outlay.config.mjs', '--days', '9'];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [LAUNCH, ...args, '--lake', join(home, 'lake'), '--port', '0'], {
      cwd: home,
      env: { ...process.env, NO_COLOR: '1', OUTLAY_KEY_OPENROUTER_MAIN: vendors.secrets['openrouter.main'] },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

beforeAll(async () => {
  vendors = await startVendors({
    ...SETTING,
    faults: 'none',
    oddities: [],
    clock: standingClock(startOf(TODAY) + 6 * 3_600_000).shared,
  });
  root = await mkdtemp(join(tmpdir(), 'exports-'));
  for (const form of BILL_FORMS)
    await deliverBill(root, makeWorld(SETTING), { form, from: addDays(END, -8), through: END });
});
afterAll(() => vendors.stop());

const home = (): Promise<string> => mkdtemp(join(tmpdir(), 'home-'));

describe('npm start with copied AWS bills', () => {
  it('reads every form to the same money beside AI, and says which bill it cannot read', async () => {
    const at = await home();
    // A payer account each: of one, a second form would be refused.
    const copied = BILL_FORMS.map((form, i) => ({
      form,
      account: `${i}`.repeat(12),
      folder: join(root, 'cloud-bill', form),
    }));
    const { out, err } = await start(at, ...copied, { form: 'cur2', account: '999999999999' });
    expect(err).toBe('');
    expect(out).toMatch(/Checks {3}(\d+) of \1 hold/);
    expect(out).toMatch(
      /^Beside the cloud +\$[\d,]{3,} +[\d.]+ % of it AI, \d+–\d+ \w+: [\d,.]+ vendors, [\d,.]+ in the AWS bill; cloud [\d,.]+$/m,
    );
    expect(out).toContain(
      "The AWS bill of 999999999999 is not read here: copy it with 'aws s3 sync s3://company-costs/ ./exports'",
    );
    const views = await openViews(join(at, 'lake'));
    const rows = await Array.fromAsync(
      views.warehouse.rows(
        'select form, cast(sum(billed_cost) as varchar) as billed, cast(sum(effective_cost) as varchar) as spent from cloud_bill_daily group by form order by form',
      ),
    );
    views.close();
    expect(rows.map(({ form }) => form)).toEqual([...BILL_FORMS].toSorted());
    expect(Number(rows[0]?.spent)).toBeGreaterThan(500);
    expect(new Set(rows.map(({ billed, spent }) => `${billed} ${spent}`)).size).toBe(1);
  }, 120_000);

  it('says in one sentence that a folder is not there, and asks nobody', async () => {
    const { status, err } = await start(await home(), { form: 'cur2', folder: './exports' });
    expect(status).toBe(1);
    expect(err.trim()).toBe(
      "The folder ./exports (cloudBill, payer account 111122223333) is not there; copy the bill with 'aws s3 sync s3://company-costs/ ./exports'.",
    );
  }, 60_000);
});
