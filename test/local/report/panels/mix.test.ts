import { expect, test } from 'vitest';
import { mix } from '../../../../local/report/panels/mix.ts';
import { sum } from '../../../../shared/money.ts';
import { rowsOf, viewOf } from './view.ts';

const THREE = [
  "delete from allocated_cost where model not in ('claude-opus-5-5', 'gpt-6.1-sol')",
  "update allocated_cost set allocated_cost = case model when 'claude-opus-5-5' then 1 else 3 end",
  "delete from allocated_cost where team_id is distinct from 'data' or basis <> 'shared'",
  "update allocated_cost set allocated_cost = 3 where model = 'claude-opus-5-5' and day between date '2026-11-16' and date '2026-11-22'",
  'create or replace table daily_cost as select * from allocated_cost',
];

test('shows the share of the last whole week, against the median of the four before, and the prices', async () => {
  const { markup } = mix(await viewOf('', true, ...THREE), 'csv/mix');
  expect(rowsOf(markup)).toEqual([
    ['Model', 'Vendor', 'Week of 16 Nov', 'vs median of 4 weeks', 'Paid per million tokens', 'At list'],
    ['gpt-6.1-sol', 'OpenAI', '50 %', '−25.0 pt', 'not known', 'not known'],
    ['claude-opus-5-5', 'Anthropic', '50 %', '+25.0 pt', '$4.13', '$5.50'],
  ]);
  expect(markup).toContain('claude-opus-5-5 gained most on the median of the four weeks before, +25.0 pt.');
});

test('has models that add up to each week', async () => {
  const { data } = await viewOf();
  expect(data.mix.weeks.map((_, i) => sum(data.mix.models.map(({ weeks }) => weeks[i] ?? '0')))).toEqual(
    data.mix.weeks.map(({ total }) => total),
  );
  expect(data.mix.weeks.at(-1)).toMatchObject({ week: '2026-11-23', whole: false });
});

test('keeps a team to its own spend, and says that prices are everybody’s', async () => {
  const view = await viewOf('team=search');
  const { markup } = mix(view, '');
  expect(markup).toContain('prices of all teams');
  expect(Number(view.data.mix.weeks.at(-2)?.total)).toBeLessThan(Number((await viewOf()).data.mix.weeks.at(-2)?.total));
});

test('sums all models beyond the largest', async () => {
  const { data } = await viewOf(
    '',
    true,
    "insert into daily_cost select d.* replace ('m' || i as model, cast(i as decimal(28,10)) as allocated_cost) from (select * from daily_cost where day = date '2026-11-20' limit 1) d join range(1, 10) t(i) on true",
  );
  expect(data.mix.models.map(({ id }) => id).slice(-1)).toEqual(['other']);
  expect(data.mix.models).toHaveLength(8);
  expect(sum(data.mix.models.map(({ weeks }) => weeks.at(-2) ?? '0'))).toBe(data.mix.weeks.at(-2)?.total);
});

test('says that no spend names a model', async () => {
  const { markup } = mix(
    await viewOf('', true, 'update allocated_cost set model = null', 'update daily_cost set model = null'),
    '',
  );
  expect(markup).toContain('No spend of these weeks names a model, so there is no mix.');
});
