import { expect, test } from 'vitest';
import { coverage } from '../../../../local/report/panels/coverage.ts';
import { rowsOf, viewOf } from './view.ts';

test('shows how much of each vendor’s ledger priced usage explains, the factor, and why not the rest', async () => {
  const { markup } = coverage(await viewOf(), 'csv/coverage');
  expect(rowsOf(markup).slice(0, 4)).toEqual([
    ['Vendor', 'Ledger', 'Explained', 'Share', 'Ledger ÷ list', 'Not explained'],
    [
      'Anthropic',
      '$1,040.50',
      '$1,000.00',
      '96.1 %',
      '0.952',
      '$40.50 the ledger names no model, and no usage is without one',
    ],
    [
      'OpenAI',
      '$230.00',
      '$100.00',
      '43.5 %',
      '2.000',
      '$100.00 usage at list price is less than the bill; $30.00 some of its usage has no list price',
    ],
    ['All use that was billed', '$1,270.50', '$1,100.00', '86.6 %', '1.043', ''],
  ]);
  expect(markup).toContain(
    'Usage at list price explains 86.6 % of what ledgers billed for use in November. The largest part of the other $170.50 is gpt-6.1-sol.',
  );
});

test('shows each model, two connections of a vendor as one', async () => {
  const rows = rowsOf(coverage(await viewOf(), '').markup);
  expect(rows.slice(5, 7)).toEqual([
    ['claude-opus-5-5', 'Anthropic', '$1,000.00', '$1,000.00', '100.0 %', '0.952', '–'],
    [
      'gpt-6.1-sol',
      'OpenAI',
      '$200.00',
      '$100.00',
      '50.0 %',
      '2.000',
      '$100.00 usage at list price is less than the bill',
    ],
  ]);
});

test('shows the month of the period, and the chosen vendor and model alone', async () => {
  const october = coverage(await viewOf('period=2026-10'), '').markup;
  expect(rowsOf(october)[1]).toEqual(['OpenAI', '$900.00', '$900.00', '100.0 %', '1.000', '–']);
  expect(october).toContain('<span class="tag">October</span>');
  const rows = rowsOf(coverage(await viewOf('vendor=openai&model=gpt-6.1-sol'), '').markup);
  expect(rows[1]?.slice(0, 2)).toEqual(['OpenAI', '$200.00']);
});

test('says that nothing was billed', async () => {
  const { markup } = coverage(await viewOf('vendor=copilot'), '');
  expect(markup).toContain('No ledger has billed use in November for this choice, so there is nothing to explain.');
  expect(markup).not.toContain('<table');
});
