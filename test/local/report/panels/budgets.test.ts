import { expect, test } from 'vitest';
import { budgets } from '../../../../local/report/panels/budgets.ts';
import { rowsOf, viewOf } from './view.ts';

const KNOWN = [
  "delete from budget_status where not (billing_period = '2026-11' and scope_id in ('search', 'data', 'CC-500'))",
  "update budget_status set spent_cost = 3630, spent_share = 1.1, threshold = '100' where scope_id = 'search'",
  "update budget_status set spent_cost = 780, spent_share = 0.2, threshold = null where scope_id = 'data'",
];

test('shows each budget in its own currency with what is left and the mark reached', async () => {
  const { markup } = budgets(await viewOf('', true, ...KNOWN), 'csv/budgets');
  expect(rowsOf(markup).slice(1)).toEqual([
    ['CC-500', 'cost centre', 'EUR 1,000.00', 'EUR 820.00', '82 %', 'EUR 180.00', '80 %'],
    ['Data', 'team', '$3,900.00', '$780.00', '20 %', '$3,120.00', 'under 50 %'],
    ['Search', 'team', '$3,300.00', '$3,630.00', '110 %', '−$330.00', 'over'],
  ]);
  expect(markup).toContain('1 of 3 is used up in November so far; 1 more has passed 80 %.');
});

test('shows a team its own budget and its cost centre’s', async () => {
  const { markup } = budgets(await viewOf('team=data', true, ...KNOWN), '');
  expect(
    rowsOf(markup)
      .slice(1)
      .map(([first]) => first),
  ).toEqual(['CC-500', 'Data']);
});

test.each([
  ['vendor=openai', 'Budgets hold for all vendors and models together: clear those filters to see them.'],
  ['period=30d', 'Budgets hold for months: choose one to see them.'],
])('says under %s why it shows none', async (address, says) => {
  expect(budgets(await viewOf(address), '').markup).toContain(says);
});

test('says that no budget is set', async () => {
  const view = await viewOf('', true, 'delete from budget_status');
  expect(budgets(view, '').markup).toContain('No budget is set in November so far.');
});
