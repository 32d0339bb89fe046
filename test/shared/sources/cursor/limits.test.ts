import { expect, it } from 'vitest';
import { cursorLimits } from '../../../../shared/sources/cursor/limits.ts';
import quota from '../../../fixtures/cases/quota-plan-with-no-dollars-is-valid.json' with { type: 'json' };
import { conversationOf } from '../conversations.ts';
import { converse, names, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('cursor_limits');
const heard = converse(cursorLimits, where, vendor);
const of = (address: string) => ({
  day: '2026-11-18',
  scope_kind: 'person',
  scope_id: names.email(address),
  period: 'cycle',
});
const limit = (address: string, amount: string | null, used: string) => ({
  ...of(address),
  kind: 'spend_limit',
  amount,
  used_amount: used,
  unit: 'USD',
  enforced: 'yes',
});
const pool = (address: string, used: string, unit: string) => ({
  ...of(address),
  kind: 'included_pool',
  amount: null,
  used_amount: used,
  unit,
  enforced: 'unknown',
});
const rowsOf = (...members: readonly object[]) => {
  const body = { teamMemberSpend: members, subscriptionCycleStart: 1, totalMembers: members.length, totalPages: 1 };
  return converse(cursorLimits, where, () => JSON.stringify(body)).rows;
};

it('asks page after page in the order of people', () => {
  expect(heard.asks.map(({ body }) => body)).toEqual([
    { sortBy: 'user', sortDirection: 'asc', pageSize: 100, page: 1 },
    { sortBy: 'user', sortDirection: 'asc', pageSize: 100, page: 2 },
  ]);
});

it("tells each member's limit, what was spent beyond the plan, and apart from it what the plan included", () => {
  expect(heard.rows).toEqual([
    limit('ana.ruiz@acme.example', '100', '0.3027400000'),
    pool('ana.ruiz@acme.example', '14.000000', 'premium_requests'),
    limit('ben.okafor@acme.example', '200', '0.0000000000'),
    pool('ben.okafor@acme.example', '0.1501000000', 'USD'),
    limit('chi.tanaka@acme.example', '200', '0.2400000000'),
    pool('chi.tanaka@acme.example', '6.000000', 'premium_requests'),
  ]);
});

it('takes a plan without dollars for what it is (case quota-plan-with-no-dollars-is-valid)', () => {
  const { rows } = converse(cursorLimits, where, () => JSON.stringify(quota.given.teams_spend));
  expect(rows).toEqual([
    limit('ana@acme.example', null, '0.0000000000'),
    pool('ana@acme.example', `${quota.expect.values.requests}.000000`, 'premium_requests'),
  ]);
});

it('takes what was included out of the spending of older answers', () => {
  expect(rowsOf({ id: 7, email: 'ana@acme.example', spendCents: 30.5, includedSpendCents: 20 })).toEqual([
    limit('ana@acme.example', null, '0.1050000000'),
    pool('ana@acme.example', '0.2000000000', 'USD'),
  ]);
});

it.each([
  [{ hardLimitOverrideDollars: 50, monthlyLimitDollars: 10 }, '50'],
  [{ hardLimitOverrideDollars: 0, monthlyLimitDollars: 10 }, '10'],
  [{ hardLimitOverrideDollars: 50, effectivePerUserLimitDollars: 0 }, '0'],
])('of the limits %j the one that holds is %s', (told, amount) => {
  expect(rowsOf({ userId: 'user_1', email: 'ana@acme.example', spendCents: 0, ...told })).toEqual([
    limit('ana@acme.example', amount, '0.0000000000'),
  ]);
});

it('begins anew when fewer members came than there are (as in case seats-beyond-the-first-page)', () => {
  const first = {
    asked: { url: '', about: { page: '1' } },
    page: { teamMemberSpend: [], totalMembers: 3, totalPages: 1 },
  };
  const asks = cursorLimits.next({ ...first, ...where, soFar: [first] });
  expect(asks.map(({ about }) => about?.page)).toEqual(['1']);
});

it('refuses a page that does not name the person', () => {
  expect(() => rowsOf({ spendCents: 1 })).toThrow('userId');
});

it('keeps no name', () => {
  expect(JSON.stringify(heard.answers)).not.toMatch(/Ana|acme/);
  expect(recorded('cursor/teams_spend.page1')).toMatch(/Ana/);
});
