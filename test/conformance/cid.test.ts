import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Views } from '../../local/views.ts';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import type { Trino } from './engines/trino.ts';
import { duckAnswer, trinoAnswer } from './sql/answer.ts';
import type { MadeOnAws } from './sql/both-engines.ts';
import { consolidation, summary } from './sql/cid.ts';
import { type CompanyOnBoth, companyOnBoth } from './sql/company-on-both.ts';
import { differences } from './sql/difference.ts';

const SCHEMA = 'outlay';

let both: CompanyOnBoth;
let trino: Trino;
let duck: Views;
let aws: MadeOnAws;

beforeAll(async () => {
  both = await companyOnBoth();
  ({ trino, duck, aws } = both);
  await both.trino.query(`CREATE VIEW focus_consolidation_view AS ${consolidation('cid_focus')}`, { schema: SCHEMA });
});
afterAll(() => both?.stop());

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
