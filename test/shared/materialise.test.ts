import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../local/queries.ts';
import { materialise } from '../../shared/materialise.ts';
import type { Queries } from '../../shared/queries.ts';
import { lakeOf, NOVEMBER } from '../queries/lake.ts';
import { calendarOf } from '../queries/rows.ts';

const OCTOBER = '2026-10';
const costs = [
  { day: '2026-10-30', principal_id: 'p_ana', billed_cost: '1' },
  { day: '2026-11-24', principal_id: 'p_ana', billed_cost: '2' },
];
const PEOPLE = {
  calendar: [...calendarOf(OCTOBER, 31), ...calendarOf(NOVEMBER, 30)],
  teams: [{ team_id: 'search', team_name: 'Search', path: 'search/', cost_center: 'CC' }],
  person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
};
const ana = { person_id: 'p_ana', team_id: 'search', valid_from: '2026-01-01' };

const lakeOfTwoMonths = (people: object[] = [ana]) =>
  lakeOf({ ...PEOPLE, people: people as Record<string, unknown>[], costs }, []);
const both = [OCTOBER, NOVEMBER];

/** Outcomes as `table month outcome`. */
const outcomes = (made: readonly { table: string; period: string; outcome: string }[]) =>
  made.map(({ table, period, outcome }) => `${table} ${period} ${outcome}`);
const changed = (made: readonly { table: string; period: string; outcome: string }[]) =>
  outcomes(made.filter(({ outcome }) => outcome !== 'unchanged'));

/** The queries with one text changed. */
function withSql(name: string, change: (sql: string) => string): Queries {
  const queries = new Map(loadQueries());
  const query = queries.get(name);
  return query === undefined ? queries : queries.set(name, { ...query, sql: change(query.sql) });
}

describe('materialising', () => {
  it('makes every table of a month in order of need, once', async () => {
    const lake = await lakeOfTwoMonths();
    expect(await lake.materialise(NOVEMBER)).toEqual([
      { table: 'priced_usage', period: NOVEMBER, outcome: 'made', rows: 0 },
      { table: 'ledger_lines', period: NOVEMBER, outcome: 'made', rows: 1 },
      { table: 'charges', period: NOVEMBER, outcome: 'made', rows: 1 },
      { table: 'allocated_cost', period: NOVEMBER, outcome: 'made', rows: 1 },
      { table: 'cloud_bill_daily', period: NOVEMBER, outcome: 'made', rows: 0 },
      { table: 'ai_and_cloud_cost', period: NOVEMBER, outcome: 'made', rows: 1 },
    ]);
    expect(changed(await lake.materialise(NOVEMBER))).toEqual([]);
    expect(await lake.rows('select billing_period, team_id, allocated_cost from allocated_cost')).toEqual([
      { billing_period: NOVEMBER, team_id: 'search', allocated_cost: '2.0000000000' },
    ]);
  });

  it('makes again only the month whose facts changed, and what stands on it', async () => {
    const lake = await lakeOfTwoMonths();
    await lake.materialise(...both);
    await lake.add('costs', [{ day: '2026-10-31', principal_id: 'p_ana', billed_cost: '4' }], 'more');
    expect(changed(await lake.materialise(...both))).toEqual([
      'ledger_lines 2026-10 made',
      'charges 2026-10 made',
      'allocated_cost 2026-10 made',
      'ai_and_cloud_cost 2026-10 made',
    ]);
    expect(
      await lake.rows("select sum(allocated_cost) as cost from allocated_cost where billing_period = '2026-10'"),
    ).toEqual([{ cost: '5.0000000000' }]);
  });

  it.each([
    [
      'a joiner of November',
      [ana, { person_id: 'p_new', team_id: 'search', valid_from: '2026-11-10' }],
      ['allocated_cost 2026-11 made', 'ai_and_cloud_cost 2026-11 made'],
    ],
    [
      'a move in October',
      [{ ...ana, valid_to: '2026-10-10' }],
      ['10', '11'].flatMap((month) => [`allocated_cost 2026-${month} made`, `ai_and_cloud_cost 2026-${month} made`]),
    ],
    ['an end after November', [{ ...ana, valid_to: '2026-12-24' }], []],
  ])('takes people by what a month sees of them: %s', async (_what, people, made) => {
    const lake = await lakeOfTwoMonths();
    await lake.materialise(...both);
    await lake.add('people', people);
    expect(changed(await lake.materialise(...both))).toEqual(made);
  });

  it('makes again what a changed query stands below', async () => {
    const lake = await lakeOfTwoMonths();
    await lake.materialise(NOVEMBER);
    const made = await materialise(
      lake.platform,
      withSql('ledger_lines', (sql) => `${sql}\n-- another word`),
      [NOVEMBER],
    );
    expect(changed(made)).toEqual([
      'ledger_lines 2026-11 made',
      'charges 2026-11 made',
      'allocated_cost 2026-11 made',
      'ai_and_cloud_cost 2026-11 made',
    ]);
  });

  it('does not take a month whose money differs from what it is made of; readers keep the former one', async () => {
    const lake = await lakeOfTwoMonths();
    await lake.materialise(NOVEMBER);
    const losing = withSql('charges', (sql) => `select * from (\n${sql}\n) where billed_cost < 2`);
    await expect(materialise(lake.platform, losing, [NOVEMBER])).rejects.toThrow(
      'charges of 2026-11 was made but not taken: its billed_cost sums to 0.0000000000, that of ledger_lines to 2.0000000000',
    );
    expect(await lake.rows('select billed_cost from charges')).toEqual([{ billed_cost: '2.0000000000' }]);
    expect(changed(await lake.materialise(NOVEMBER))).toEqual([]);
  });

  it('makes a month anew when a day comes in while it is made', async () => {
    const lake = await lakeOfTwoMonths();
    const { warehouse } = lake.platform;
    let late = [{ day: '2026-11-25', principal_id: 'p_ana', billed_cost: '8' }];
    const racing = {
      ...lake.platform,
      warehouse: {
        ...warehouse,
        unload: async (sql: string, prefix: string) => {
          await warehouse.unload(sql, prefix);
          if (!prefix.startsWith('marts/ledger_lines/') || late.length === 0) return;
          await lake.add('costs', late, 'late');
          late = [];
        },
      },
    };
    expect((await materialise(racing, loadQueries(), [NOVEMBER])).every(({ outcome }) => outcome === 'made')).toBe(
      true,
    );
    expect(await lake.rows('select sum(billed_cost) as cost from charges')).toEqual([{ cost: '10.0000000000' }]);
  });

  it('starts anew, elsewhere, after a run that broke while writing', async () => {
    const lake = await lakeOfTwoMonths();
    const { warehouse } = lake.platform;
    const breaking = {
      ...lake.platform,
      warehouse: {
        ...warehouse,
        unload: async (sql: string, prefix: string) => {
          await warehouse.unload(sql, prefix);
          throw new Error('the disk is full');
        },
      },
    };
    await expect(materialise(breaking, loadQueries(), [NOVEMBER])).rejects.toThrow('the disk is full');
    expect(await lake.rows('select count(*) as n from charges')).toEqual([{ n: '0' }]);
    expect((await lake.materialise(NOVEMBER)).every(({ outcome }) => outcome === 'made')).toBe(true);
  });

  it('leaves a month to the run that holds it, until that run has had its time', async () => {
    const lake = await lakeOfTwoMonths();
    const { state, clock } = lake.platform;
    await state.update({ group: 'month#charges', key: NOVEMBER }, { until: clock.now() + 1 }, null);
    expect(outcomes(await lake.materialise(NOVEMBER))).toEqual([
      'priced_usage 2026-11 made',
      'ledger_lines 2026-11 made',
      'charges 2026-11 locked',
    ]);
    await state.update({ group: 'month#charges', key: NOVEMBER }, { until: clock.now() }, 1);
    expect(outcomes(await lake.materialise(NOVEMBER))).toEqual([
      'priced_usage 2026-11 unchanged',
      'ledger_lines 2026-11 unchanged',
      'charges 2026-11 made',
      'allocated_cost 2026-11 made',
      'cloud_bill_daily 2026-11 made',
      'ai_and_cloud_cost 2026-11 made',
    ]);
  });
});
