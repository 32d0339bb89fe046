import { expect, it } from 'vitest';
import type { Ask } from '../../../../shared/source.ts';
import { copilotLimits } from '../../../../shared/sources/copilot/limits.ts';
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names, recorded } from '../recorded.ts';

const { where: day, vendor } = conversationOf('copilot_limits');
const heard = converse(copilotLimits, day, vendor);

const budget = {
  day: '2026-11-20',
  kind: 'spend_limit',
  scope_kind: 'organization',
  scope_id: null,
  period: 'monthly',
  amount: '500.0000000000',
  used_amount: null,
  unit: 'USD',
  enforced: 'no',
};
const pool = { ...budget, kind: 'included_pool', unit: 'credits' };

it('asks an organisation for its budgets to the last page, its plan and the credits of the month', () => {
  expect(heard.asks.map(({ url }) => url.replace('https://github.test/', ''))).toEqual([
    'organizations/lumenforge/settings/billing/budgets?per_page=100&page=1',
    'organizations/lumenforge/settings/billing/budgets?per_page=100&page=2',
    'orgs/lumenforge/copilot/billing',
    'organizations/lumenforge/settings/billing/ai_credit/usage?year=2026&month=11',
  ]);
});

it('tells budgets in dollars and the pool in credits, with what is used of them', () => {
  expect(heard.rows).toEqual([
    budget,
    {
      ...budget,
      scope_kind: 'person',
      scope_id: names.login('github', 'ana-ruiz_acme'),
      amount: '40.0000000000',
      used_amount: '4.1300000000',
      enforced: 'yes',
    },
    { ...pool, amount: '5700.0000000000', used_amount: '412.5000000000' },
  ]);
});

it('knows that a seat brought more credits until the end of August', () => {
  const { rows } = converse(copilotLimits, asking(day.connection, '2026-08-31', '2026-09-01'), vendor);
  expect(rows.at(-1)).toMatchObject({ kind: 'included_pool', amount: '9000.0000000000' });
});

it('tells no budget of another product, of a repository, or of a scope that it does not know', () => {
  const of = (budget_product_skus: string[], budget_scope: string) => ({
    budget_scope,
    budget_product_skus,
    budget_amount: 9,
  });
  const budgets = [
    of(['actions'], 'organization'),
    of(['ai_credits'], 'repository'),
    of(['copilot_premium_request'], 'enterprise'),
  ];
  const { rows } = converse(copilotLimits, day, ({ url }) =>
    url.includes('/budgets') ? JSON.stringify({ budgets, has_next_page: false }) : recorded('copilot/org_billing'),
  );
  expect(rows.filter(({ kind }) => kind === 'spend_limit')).toEqual([
    { ...budget, amount: '9.0000000000', enforced: 'unknown' },
  ]);
});

it("tells the pools of an enterprise's cost centres, deleted ones aside", () => {
  const enterprise = { ...connectionTo('copilot', 'https://github.test'), settings: { enterprise: 'acme-ent' } };
  const answer = ({ url }: Ask) =>
    url.includes('/budgets') ? '{"budgets":[],"has_next_page":false}' : recorded('copilot/enterprise_cost_centers');
  expect(converse(copilotLimits, asking(enterprise, '2026-11-20', '2026-11-21'), answer).rows).toEqual([
    {
      ...pool,
      scope_kind: 'cost_center',
      scope_id: '2eeb8ffe-6903-11ee-8c99-0242ac120002',
      amount: '21000.0000000000',
      used_amount: '7250.5000000000',
    },
  ]);
});
