import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LakeFacts } from '../../local/lake.ts';
import { openViews, type Views } from '../../local/views.ts';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import { type Emulator, startEmulator } from './engines/emulator.ts';
import { startTrino, type Trino } from './engines/trino.ts';
import { duckAnswer, trinoAnswer } from './sql/answer.ts';
import { type MadeOnAws, madeOnAws } from './sql/both-engines.ts';
import { consolidation, summary } from './sql/cid.ts';
import { companyLake } from './sql/company-lake.ts';
import { differences } from './sql/difference.ts';

const SCHEMA = 'outlay';

let folder: string;
let facts: LakeFacts;
let trino: Trino;
let emulator: Emulator;
let duck: Views;
let aws: MadeOnAws;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outlay-cid-'));
  facts = await companyLake(join(folder, 'laptop'));
  duck = await openViews(join(folder, 'laptop'));
  trino = await startTrino();
  emulator = await startEmulator();
  aws = await madeOnAws(trino, emulator, { from: join(folder, 'laptop'), folder: join(folder, 'aws'), facts });
  await trino.query(`CREATE VIEW focus_consolidation_view AS ${consolidation('cid_focus')}`, { schema: SCHEMA });
});
afterAll(async () => {
  duck?.close();
  await aws?.stop();
  await emulator?.stop();
  await trino?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the copy for Cloud Intelligence Dashboards on Trino', () => {
  it('is unloaded with the cells that DuckDB has, its doubles as exact as they can be', async () => {
    const cells = Object.entries(cidFocus.columns).map(([name, { type }]) =>
      type === 'double' ? `cast(round(${name}, 8) as decimal(28,8)) as ${name}` : name,
    );
    const view = `select billing_period, ${cells.join(', ')} from cid_focus`;
    for (const { warehouse } of [duck, aws]) await warehouse.view('cid_in_decimals', view);
    const [ours, theirs] = [
      await duckAnswer(duck.warehouse, 'cid_in_decimals'),
      await trinoAnswer(trino, SCHEMA, 'cid_in_decimals'),
    ];
    expect(theirs.rows.length).toBeGreaterThan(1000);
    expect(differences('cid_focus', ours, theirs)).toEqual([]);
  });

  it('gives the dashboard its rows: its selection and its summary run over it, and sum to focus_1_2 as doubles do', async () => {
    const ask = async (sql: string) => (await trino.query(sql, { schema: SCHEMA })).rows.flat().map(Number);
    const sums = (cost: (name: string) => string) =>
      ['billedcost', 'effectivecost', 'listcost', 'contractedcost'].map(cost).join(', ');
    const exact = await ask(`SELECT ${sums((name) => `sum(${name})`)}, count(*) FROM focus_1_2`);
    const selected = await ask(`SELECT ${sums((name) => `sum(${name})`)}, count(*) FROM focus_consolidation_view`);
    const summed = await ask(
      `SELECT ${sums((name) => `sum(${name})`)} FROM (${summary('focus_consolidation_view')}) AS summed`,
    );
    expect(exact[0]).toBeGreaterThan(100);
    expect(selected[4]).toBe(exact[4]);
    expect(selected.map((cost, at) => Math.abs(cost - (exact[at] ?? Number.NaN)) < 1e-6)).toEqual(
      exact.map(() => true),
    );
    expect(summed.map((cost, at) => Math.abs(cost - (exact[at] ?? Number.NaN)) < 1e-6)).toEqual(summed.map(() => true));
  });
});
