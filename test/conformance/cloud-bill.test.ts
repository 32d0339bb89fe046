import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBills } from '../../local/cloud-bill/lake.ts';
import { deliverBill, placesOf } from '../../local/cloud-bill/write.ts';
import { makeWorld } from '../../local/vendors/company/world.ts';
import { openViews } from '../../local/views.ts';
import { stagedBill } from '../../shared/cloud-bill/adapter.ts';
import { BILL_FORMS, type BillForm, billTable } from '../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../shared/cloud-bill/columns.ts';
import { startTrino, type Trino } from './engines/trino.ts';
import { type Answer, duckAnswer, trinoAnswer } from './sql/answer.ts';
import { differences } from './sql/difference.ts';

const world = makeWorld({ seed: 7, end: '2026-11-04', days: 40, developers: 40 });
const MONTHS = ['2026-09', '2026-10', '2026-11'];

let root: string;
let trino: Trino;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bills-'));
  trino = await startTrino();
  for (const form of BILL_FORMS) await lake(form);
});
afterAll(async () => {
  await trino?.stop();
  await rm(root, { recursive: true, force: true });
});

/** The made-up company's bill in one form, in a schema of its own on Trino, each month registered where AWS lays it. */
async function lake(form: BillForm): Promise<void> {
  const folder = join(root, form);
  await deliverBill(folder, world, { form, from: '2026-09-26', through: '2026-11-04' });
  await mkdir(folder, { recursive: true });
  await trino.mount(`bill-${form.replaceAll('_', '-')}`, folder);
  const [bill] = readBills(folder);
  if (bill === undefined) throw new Error('nothing was delivered');
  const location = `s3://bill-${form.replaceAll('_', '-')}/${bill.folder}/`;
  const table = {
    schema: form,
    name: billTable(bill),
    columns: Object.entries(columnsOf(bill)).map(([name, type]) => ({ name, type })),
    partitionKeys: [{ name: 'billing_period', type: 'string' }],
    location,
  };
  await trino.metastore.table(table);
  for (const month of MONTHS)
    await trino.metastore.partition(
      table,
      [month],
      `${location.replace('s3://', 'local:///')}${dirname(placesOf(form, month).data)}`,
    );
  await trino.query(`CREATE VIEW stg_cloud_bill AS ${stagedBill('lines', [bill])}`, { schema: form });
  await trino.query(`CREATE VIEW stg_cloud_bill_days AS ${stagedBill('days', [bill])}`, { schema: form });
}

const VIEWS = ['stg_cloud_bill', 'stg_cloud_bill_days'] as const;
const FORMS_AND_VIEWS = BILL_FORMS.flatMap((form) => VIEWS.map((view) => [form, view] as const));

const onDuckDb = async (form: BillForm, view: string): Promise<Answer> => {
  const views = await openViews(join(root, form));
  const answer = await duckAnswer(views.warehouse, view);
  views.close();
  return answer;
};

describe('the AWS bill on DuckDB and on Trino', () => {
  it.each(FORMS_AND_VIEWS)('is the same in the form %s, cell by cell of %s', async (form, view) => {
    const trinos = await trinoAnswer(trino, form, view);
    expect(trinos.rows.length).toBeGreaterThan(900);
    expect(differences(form, await onDuckDb(form, view), trinos)).toEqual([]);
  });

  it.each(FORMS_AND_VIEWS)(
    'is read in the form %s for a month from the files of that month alone by %s',
    async (form, view) => {
      const read = async (where: string): Promise<number> =>
        (await trino.query(`SELECT sum(billed_cost) FROM ${view} ${where}`, { schema: form })).stats.physicalInputBytes;
      // Five days of forty.
      expect((await read("WHERE billing_period = '2026-09'")) * 2).toBeLessThan(await read(''));
    },
  );
});
