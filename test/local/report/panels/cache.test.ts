import { expect, test } from 'vitest';
import { cache } from '../../../../local/report/panels/cache.ts';
import { rowsOf, viewOf } from './view.ts';

test('compares each team’s last whole week with its weeks before, and keeps unknown cost unknown', async () => {
  const { markup } = cache(await viewOf(), 'csv/cache');
  expect(rowsOf(markup).slice(1)).toEqual([
    ['Data', '', '40 %', '90 %', '−50.0 pt', '$145.50'],
    ['Payments', '', '60 %', 'none then', 'not compared', 'not known'],
    ['Search', '', '82 %', '80 %', '+2.0 pt', '$0.00'],
    ['All', '', '56 %', '85 %', '−29.5 pt', 'at least $145.50'],
  ]);
  expect(markup).toContain('Data fell from 90 % to 40 % in the week of 16–22 Nov; at list price that cost $145.50.');
});

test('shows the models of one team', async () => {
  const { markup } = cache(await viewOf('team=data'), '');
  expect(rowsOf(markup).map(([first]) => first)).toEqual(['Model', 'claude-opus-5-5', 'gpt-6.1-sol', 'All']);
});

test('says that nobody lost the cache', async () => {
  const { markup } = cache(await viewOf('team=search'), '');
  expect(markup).toContain(
    'Nobody lost the cache in the week of 16–22 Nov. 82 % of all input was read from the cache.',
  );
});

test('says that no cacheable request is known', async () => {
  const { markup } = cache(await viewOf('vendor=copilot'), '');
  expect(markup).toContain('No cacheable request is known in the week of 16–22 Nov.');
});

test('says of a fall without a price that its cost is not known, or at least what is', async () => {
  const view = await viewOf(
    '',
    true,
    "update cache_efficiency set waste_cost = null where team_id = 'data' and model = 'claude-opus-5-5'",
    "update cache_efficiency set waste_cost = 2, read_share = 0.7 where team_id = 'search' and week = '2026-11-16'",
  );
  expect(
    rowsOf(cache(view, '').markup)
      .slice(1)
      .map((row) => [row[0], row[5]]),
  ).toEqual([
    ['Search', '$2.00'],
    ['Data', 'not known'],
    ['Payments', 'not known'],
    ['All', 'at least $2.00'],
  ]);
});
