import { expect, test } from 'vitest';
import { contracts } from '../../../../local/report/panels/contracts.ts';
import { rowsOf, viewOf } from './view.ts';

test('shows each contract in its own currency, what runs out first, with whom to ask', async () => {
  const { markup } = contracts(await viewOf(), 'csv/contracts');
  expect(rowsOf(markup).slice(1)).toEqual([
    [
      'openai-credits OpenAI · prepaid',
      '$5,000.00',
      '$4,400.00',
      '88 %',
      '$600.00',
      'no end',
      '4 Dec 2026',
      'runs out',
      'data-01',
    ],
    [
      'copilot-seats GitHub Copilot · seats',
      '$95.00',
      '$57.00',
      '60 %',
      '$38.00',
      '1 Dec 2026',
      'not before the end',
      'not used up',
      'search-01',
    ],
    [
      'anthropic-commit Anthropic · commitment',
      'EUR 60,000.00',
      'EUR 21,000.00',
      '35 %',
      'EUR 39,000.00',
      '1 Jul 2027',
      'not before the end',
      'on track',
      'nobody yet',
    ],
  ]);
  expect(markup).toContain(
    '1 balance or commitment runs out early, openai-credits first, with $600.00 left. 1 will not be used up: copilot-seats.',
  );
});

test('shows a vendor’s contracts alone', async () => {
  const rows = rowsOf(contracts(await viewOf('vendor=openai'), '').markup);
  expect(rows.slice(1).map(([name]) => name)).toEqual(['openai-credits OpenAI · prepaid']);
});

test('shows a team the contracts its spend draws on, and says that the amounts are everybody’s', async () => {
  const view = await viewOf(
    'team=data',
    true,
    "delete from allocated_cost where team_id = 'data' and provider = 'openai'",
  );
  const { markup } = contracts(view, '');
  expect(
    rowsOf(markup)
      .slice(1)
      .map(([name]) => name),
  ).toEqual(['copilot-seats GitHub Copilot · seats', 'anthropic-commit Anthropic · commitment']);
  expect(markup).toContain('amounts of all teams');
});

test('says that no contract is known, and where they come from', async () => {
  const { markup } = contracts(await viewOf('', true, 'delete from contract_status'), '');
  expect(markup).toContain(
    'No contract is known. Seats, commitments and prepaid balances of contracts.csv stand here.',
  );
  expect(markup).not.toContain('<table');
});

test('tells of a balance that no contract names and that will not last, and of none twice', async () => {
  const { markup } = contracts(await viewOf(), '');
  expect(markup).toContain(
    'The balance of openai.main has 12.50 USD left and lasts to 2026-11-30. No contract names it, so nobody is known to ask: a line of kind <code>prepaid</code> in contracts.csv does. Until then: top it up, or ask who spends it.',
  );
  expect(markup).not.toContain('the balance of openai-credits at openai');
  expect(contracts(await viewOf('', true, 'delete from contract_status'), '').markup).toContain('12.50 USD left');
});

test('tells of no balance of another vendor', async () => {
  expect(contracts(await viewOf('vendor=anthropic'), '').markup).not.toContain('12.50 USD');
});
