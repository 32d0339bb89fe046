import { beforeAll, expect, test } from 'vitest';
import { readAddress } from '../../../local/report/address.ts';
import { type ReportData, readReport } from '../../../local/report/data.ts';
import { readLake } from '../../../local/report/lake.ts';
import { queryOf } from '../../../local/report/server.ts';
import { sum } from '../../../shared/money.ts';
import { inventedLake, STAMP } from './lake.ts';

let read: (address?: string) => Promise<ReportData>;
let one: (sql: string) => Promise<string | null>;

beforeAll(async () => {
  const { rows } = await inventedLake();
  const query = queryOf(rows);
  one = async (sql) => Object.values((await query(sql))[0] ?? {})[0] ?? null;
  read = async (address = '') => {
    const lake = await readLake(query);
    if (lake === null) throw new Error('the invented lake is empty');
    return readReport(query, readAddress(new URLSearchParams(address), lake), lake, STAMP);
  };
});

const NOVEMBER = "day between date '2026-11-01' and date '2026-11-24'";

test('sums the period to what the ledger says', async () => {
  const { now, teams, unassigned } = await read();
  const ledger = await one(`select cast(sum(allocated_cost) as varchar) from allocated_cost where ${NOVEMBER}`);
  expect(now.total).toBe(ledger);
  expect(sum([now.billed, now.estimated])).toBe(ledger);
  expect(sum(Object.values(now.basis))).toBe(ledger);
  expect(teams.all.total).toBe(ledger);
  expect(sum(teams.rows.map((row) => row.now.total))).toBe(ledger);
  expect(teams.rows.at(-1)).toMatchObject({ id: null, now: { total: unassigned.total } });
  expect(sum(unassigned.rows.map((row) => row.total))).toBe(unassigned.total);
});

test('sums each day of the spend picture to the rows of the mart', async () => {
  const { spend, now } = await read('by=model');
  const day = await one("select cast(sum(allocated_cost) as varchar) from daily_cost where day = date '2026-11-16'");
  expect(spend.totals.get('2026-11-16')?.total).toBe(day);
  expect(sum(spend.byDay.filter((row) => row.day === '2026-11-16').map((row) => row.total))).toBe(day);
  expect(sum(spend.series.map((series) => series.total))).toBe(now.total);
});

test('ends the running total where the period does', async () => {
  const { running, now } = await read();
  expect([running.length, running.at(-1)?.total]).toEqual([24, now.total]);
});

test('keeps a late source out of every total and says what it usually brings', async () => {
  const { late, now } = await read('vendor=copilot');
  expect(late).toMatchObject([
    {
      provider: 'copilot',
      connection_id: 'copilot.main',
      sources: ['copilot_costs'],
      from: '2026-11-22',
      to: '2026-11-24',
    },
  ]);
  const usual = await one(
    "select cast(cast(sum(allocated_cost) / 4 as decimal(28,10)) as varchar) from allocated_cost where provider = 'copilot' and day in (date '2026-10-25', date '2026-11-01', date '2026-11-08', date '2026-11-15', date '2026-10-26', date '2026-11-02', date '2026-11-09', date '2026-11-16', date '2026-10-27', date '2026-11-03', date '2026-11-10', date '2026-11-17')",
  );
  expect(late[0]?.expected).toBe(usual);
  expect(now.total).toBe(
    await one(
      `select cast(sum(allocated_cost) as varchar) from allocated_cost where provider = 'copilot' and ${NOVEMBER}`,
    ),
  );
});

test('compares nothing where only the late vendor is chosen', async () => {
  expect((await read('vendor=copilot')).before).toBe(null);
});

test('leaves the late days out of the period before too', async () => {
  const { before } = await read();
  expect(before?.total).toBe(
    await one(
      "select cast(sum(allocated_cost) as varchar) from allocated_cost where day between date '2026-10-01' and date '2026-10-24' and not (provider = 'copilot' and day >= date '2026-10-22')",
    ),
  );
});

test('sums the inside of a team to its row among all teams', async () => {
  const { inside, teams, now } = await read('team=search');
  const row = teams.rows.find(({ id }) => id === 'search');
  expect(row?.now.total).toBe(now.total);
  expect(sum([inside?.peopleTotal.total ?? '', inside?.restTotal.total ?? ''])).toBe(now.total);
  expect(sum((inside?.people ?? []).map(({ total }) => total))).toBe(inside?.peopleTotal.total);
});

test('has no cost per merged PR in a week without one, and says why', async () => {
  const { unit } = await read();
  const week = unit.teams.find(({ id }) => id === 'support-tools')?.weeks.find((row) => row.week === '2026-10-12');
  expect(week).toEqual({
    week: '2026-10-12',
    low: null,
    mid: null,
    high: null,
    count: 0,
    reason: 'no merged PR',
    whole: true,
  });
});

test('takes four whole weeks for a unit cost and leaves the running one out', async () => {
  expect((await read()).unit.lastWeeks).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16']);
});

test('has nothing but zero for a day on which the choice spent nothing', async () => {
  const { now, late } = await read('vendor=copilot&period=2026-11-23..2026-11-24');
  expect([now.total, now.people, late.length]).toEqual(['0.0000000000', 0, 1]);
});

test('knows no lake where no day was spent on', async () => {
  const { rows } = await inventedLake('delete from allocated_cost', 'delete from daily_cost');
  expect(await readLake(queryOf(rows))).toBe(null);
});

test('says which vendor in time has not told its last day to the end', async () => {
  const { rows } = await inventedLake(
    "update data_freshness set last_whole_day = '2026-11-23' where provider = 'openai'",
  );
  const query = queryOf(rows);
  const lake = await readLake(query);
  if (lake === null) throw new Error('the invented lake is empty');
  const { partial } = await readReport(query, readAddress(new URLSearchParams(), lake), lake, STAMP);
  expect(partial).toEqual([{ provider: 'openai', from: '2026-11-24' }]);
});

test('is told in the currency of most lines: amounts of two currencies cannot be compared', async () => {
  const { rows } = await inventedLake();
  const query = queryOf(rows);
  await query(
    "insert into allocated_cost select * replace ('JPY' as billing_currency, 100000000 as allocated_cost) from allocated_cost where team_id is not null limit 1",
  );
  const lake = await readLake(query);
  expect(lake?.currency).toBe('USD');
  expect(lake?.others).toEqual([{ currency: 'JPY', amount: '100000000.0000000000' }]);
});
