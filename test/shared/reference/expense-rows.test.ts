import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { expenseRows } from '../../../shared/reference/expense-rows.ts';
import { checkReference } from '../../../shared/reference/push.ts';
import { names } from '../sources/recorded.ts';

const people = `email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to
ada@larkspur.test,Ada Lovelace,ada@home.test,,search,,,,
`;
const teams = 'team,name,parent,cost_center,owner,time_zone,channel\nsearch,Search,,CC-1,,,\n';
const digest = (of: Uint8Array | string): string => createHash('sha256').update(of).digest('hex');
const rows = (...lines: readonly string[]) =>
  expenseRows(
    checkReference({
      'people.csv': people,
      'teams.csv': teams,
      'expenses.csv': ['day,merchant,amount,currency,person,provider,note', ...lines, ''].join('\n'),
    }),
    names,
    digest,
  );
const id = expect.stringMatching(/^x_[0-9a-f]{24}$/);

it('keeps amount and currency as paid, and knows a person by any address', () => {
  expect(
    rows(
      '2026-11-03,OPENAI *CHATGPT SUBSCR,20,USD,ada@home.test,,',
      '2026-11-04,Corner Shop,-3.5,EUR,,dictation,came back',
      '2026-11-05,Corner Shop,7,USD,Ada@larkspur.test,,',
    ),
  ).toEqual([
    {
      expense_id: id,
      day: '2026-11-03',
      merchant: 'OPENAI *CHATGPT SUBSCR',
      provider: 'openai',
      person_id: names.email('ada@larkspur.test'),
      billed_cost: '20.0000000000',
      billing_currency: 'USD',
      note: null,
    },
    {
      expense_id: id,
      day: '2026-11-04',
      merchant: 'Corner Shop',
      provider: 'dictation',
      person_id: null,
      billed_cost: '-3.5000000000',
      billing_currency: 'EUR',
      note: 'came back',
    },
    {
      expense_id: id,
      day: '2026-11-05',
      merchant: 'Corner Shop',
      provider: null,
      person_id: names.email('ada@larkspur.test'),
      billed_cost: '7.0000000000',
      billing_currency: 'USD',
      note: null,
    },
  ]);
});

it('takes two equal lines for two payments, with ids of their own', () => {
  const [one, two] = rows('2026-11-03,OPENAI,20,USD,,,', '2026-11-03,OPENAI,20.00,USD,,,');
  expect(one?.expense_id).not.toBe(two?.expense_id);
});

it('gives a line the same id when others come before it, and when its note or provider is mended', () => {
  const [alone] = rows('2026-11-03,OPENAI,20,USD,,,');
  const [, later] = rows('2026-11-01,Shop,5,USD,,,', '2026-11-03,OPENAI,20.00,USD,,other,why');
  expect(later?.expense_id).toBe(alone?.expense_id);
});
