import { expect, test } from 'vitest';
import { seats } from '../../../../local/report/panels/seats.ts';
import { IDLE } from '../lake.ts';
import { rowsOf, viewOf } from './view.ts';

test('counts seats by product, and leaves unknown what nobody tells', async () => {
  const { markup } = seats(await viewOf(), 'csv/seats');
  expect(rowsOf(markup).slice(0, 3)).toEqual([
    ['Product', 'Held', 'Idle', 'Not told', 'Seats cost', 'of it idle', 'Value used, at list'],
    ['GitHub Copilot copilot.main', '3', '1', '0', '$57.00', '$19.00', '$35.75'],
    ['Cursor cursor.main', '1', '0', '1', 'not known', '–', 'no use told'],
  ]);
  expect(markup).toContain('4 seats are held in November, 1 of them without any use so far. 3 things need a decision.');
});

test('names whom to ask by handle, never by pseudonym', async () => {
  const { markup } = seats(await viewOf(), '');
  expect(rowsOf(markup).slice(4)).toEqual([
    ['Two tools', expect.stringContaining('2 coding tools'), 'Data', 'not known', 'data-02', 'ask which one is needed'],
    [
      'Idle seat',
      'search-09 holds a seat of copilot and has not used it since 2026-09-02: 19.00 USD a month',
      'Search',
      '$19.00',
      'search-09',
      'ask whether the seat is needed; if not, take it back at the vendor',
    ],
    [
      'Paid by card',
      'somebody paid TABNINE by card',
      '–',
      '$24.00',
      'nobody yet',
      'ask what it is for; approve it as a contract, or end it',
    ],
  ]);
  expect(markup).not.toContain(IDLE);
});

test('names nobody where people are hidden', async () => {
  const { markup } = seats(await viewOf('', false), '');
  expect(markup).not.toMatch(/(search|data)-0\d/);
  expect(markup).not.toContain(IDLE);
  expect(markup).toContain('a person holds a seat of copilot');
});

test('shows a team its own seats and people alone', async () => {
  const { markup } = seats(await viewOf('team=search'), '');
  expect(rowsOf(markup).map(([first]) => first)).toEqual([
    'Product',
    'GitHub Copilot copilot.main',
    'What',
    'Idle seat',
  ]);
  expect(rowsOf(markup)[1]).toEqual(['GitHub Copilot copilot.main', '2', '1', '0', '$38.00', '$19.00', '$4.25']);
});

test('adds no currencies up', async () => {
  const view = await viewOf(
    '',
    true,
    "insert into allocated_cost select * replace ('EUR' as billing_currency) from allocated_cost where meter = 'seat_months'",
  );
  expect(rowsOf(seats(view, '').markup)[1]?.[4]).toBe('57.00 mixed');
});

test('says that nobody holds a seat', async () => {
  const view = await viewOf(
    '',
    true,
    'delete from seat_use',
    'delete from idle_seats',
    'delete from duplicate_tools',
    'delete from shadow_ai',
  );
  expect(seats(view, '').markup).toContain(
    'Nobody holds a paid seat that is known in November: no vendor told of one, and no contract names any.',
  );
});
