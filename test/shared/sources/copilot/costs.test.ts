import { expect, it } from 'vitest';
import type { Ask } from '../../../../shared/source.ts';
import { copilotCosts } from '../../../../shared/sources/copilot/costs.ts';
import included from '../../../fixtures/cases/included-credits-net-to-zero.json' with { type: 'json' };
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names, recorded } from '../recorded.ts';

const { where: month, vendor } = conversationOf('copilot_costs');
const heard = converse(copilotCosts, month, vendor);

const blank = {
  account_id: 'acct-1',
  workspace_id: null,
  credential_id: null,
  principal_id: null,
  product: 'copilot',
  model: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  charge_class: null,
  billing_currency: 'USD',
  invoice_id: null,
};
const money = (billed: string, list: string) => ({
  billed_cost: billed,
  list_cost: list,
  contracted_cost: billed,
  effective_cost: billed,
});
const credits = (day: string, quantity: string, says = 'Copilot AI Credits, included') => ({
  ...blank,
  day,
  meter: 'credits',
  quantity,
  charge_category: 'Usage',
  charge_frequency: 'Usage-Based',
  charge_description: says,
  sku_id: 'Copilot AI Credits',
});

it('asks an organisation for a month, or for a day by itself', () => {
  const path = ({ url }: Ask) => url.replace('https://github.test/organizations/lumenforge/settings/billing/', '');
  const ask = (from: string, to: string) => copilotCosts.ask(asking(month.connection, from, to)).map(path);
  expect([ask('2026-11-01', '2026-12-01'), ask('2026-10-20', '2026-11-04'), ask('2026-11-18', '2026-11-19')]).toEqual([
    ['usage?year=2026&month=11'],
    ['usage?year=2026&month=10', 'usage?year=2026&month=11'],
    ['usage?year=2026&month=11&day=18'],
  ]);
});

it('bills seats as purchases on the day told, tells what the pool covers from what goes beyond it, and no other product', () => {
  expect(heard.rows).toEqual([
    {
      ...blank,
      day: '2026-11-01',
      meter: 'seat_months',
      quantity: '3.000000',
      charge_category: 'Purchase',
      charge_frequency: 'Recurring',
      charge_description: 'Copilot Business',
      sku_id: 'Copilot Business',
      ...money('57.0000000000', '57.0000000000'),
    },
    { ...credits('2026-11-18', '412.500000'), ...money('0.0000000000', '4.1250000000') },
    { ...credits('2026-11-19', '5287.500000'), ...money('0.0000000000', '52.8750000000') },
    {
      ...credits('2026-11-19', '732.750000', 'Copilot AI Credits'),
      ...money('7.3275000000', '7.3275000000'),
    },
  ]);
});

it('keeps the days that were asked, of a month that was told', () => {
  const rows = converse(copilotCosts, asking(month.connection, '2026-11-18', '2026-11-19'), vendor).rows;
  expect(rows.map(({ day }) => day)).toEqual(['2026-11-18']);
});

const item = (told: object) => ({
  date: '2026-11-18',
  product: 'Copilot',
  sku: 'Copilot AI Credits',
  quantity: 100,
  unitType: 'ai-credits',
  pricePerUnit: 0.01,
  grossAmount: 1,
  discountAmount: 0,
  netAmount: 1,
  ...told,
});
const billed = (...items: object[]) =>
  converse(copilotCosts, asking(month.connection, '2026-11-18', '2026-11-19'), () =>
    JSON.stringify({ usageItems: items }),
  ).rows;

it.each([
  ['0 for 0', { quantity: 0, grossAmount: 0, netAmount: 0 }, { billed_cost: '0.0000000000', quantity: '0.000000' }],
  [
    'a refund for a refund',
    { grossAmount: -12.5, netAmount: -12.5 },
    { billed_cost: '-12.5000000000', list_cost: '-12.5000000000' },
  ],
  ['an exponent for its number', { grossAmount: 1e-5, netAmount: 1e-5 }, { billed_cost: '0.0000100000' }],
  [
    'a number written as text',
    { quantity: '25', grossAmount: '0.25', netAmount: '0.25' },
    { billed_cost: '0.2500000000', quantity: '25.000000' },
  ],
  [
    'noise of a double for nothing',
    { grossAmount: 0.30000000000000004, netAmount: 0.30000000000000004 },
    { billed_cost: '0.3000000000' },
  ],
])('takes %s', (_what, told, row) => {
  expect(billed(item(told))).toMatchObject([row]);
});

it.each([
  ['an empty amount', { netAmount: '' }, /usageItems.*netAmount|is empty/s],
  ['a missing amount', { netAmount: undefined }, /netAmount/],
])('refuses %s, by its name', (_what, told, error) => {
  expect(() => billed(item(told))).toThrow(error);
});

it.each([
  ['Copilot Premium Request', 'requests', 'premium_requests', 'Usage'],
  ['copilot_ai_credit', 'credits', 'credits', 'Usage'],
  ['AI Credit', 'ai-credits', 'credits', 'Usage'],
  ['copilot_for_business', 'user-months', 'seat_months', 'Purchase'],
  ['copilot_standalone', 'UserMonths', 'seat_months', 'Purchase'],
  ['Spark Deployment', 'hours', null, 'Usage'],
])('knows what %s in %s counts', (sku, unitType, meter, category) => {
  expect(billed(item({ sku, unitType }))).toMatchObject([{ meter, charge_category: category, sku_id: sku }]);
});

it('adds up lines that differ in nothing we keep', () => {
  expect(billed(item({ repositoryName: 'acme/a' }), item({ repositoryName: 'acme/b' }))).toMatchObject([
    { billed_cost: '2.0000000000', quantity: '200.000000' },
  ]);
});

const enterprise = {
  ...connectionTo('copilot', 'https://github.test'),
  accountId: null,
  settings: { enterprise: 'acme-ent', reports: 'ai_credit' },
};
const days = asking(enterprise, '2026-11-18', '2026-11-20');
const path = ({ url }: Ask) => url.replace('https://github.test/enterprises/acme-ent/settings/billing/', '');

/** An enterprise with a seat in each cost centre and one in none, and a report that is made while one waits. */
const answer = (ask: Ask): string => {
  if (ask.isSignedLink) return recorded('copilot/ai_credit_report.csv');
  const at = path(ask);
  if (at === 'cost-centers') return recorded('copilot/enterprise_cost_centers');
  if (at === 'reports') return recorded('copilot/enterprise_billing_reports.create.202');
  if (at.startsWith('reports/'))
    return recorded(`copilot/enterprise_billing_report${ask.about?.look === '1' ? 's.create.202' : '.completed'}`);
  return JSON.stringify({
    usageItems: [
      item({ sku: 'Copilot Enterprise', unitType: 'user-months', quantity: 1, grossAmount: 39, netAmount: 39 }),
      item({}),
    ],
  });
};

it('asks an enterprise for every cost centre and for what has none, and orders the report of its credits', () => {
  const asks = converse(copilotCosts, days, answer).asks;
  expect(asks.map(path)).toEqual([
    'cost-centers',
    'usage?year=2026&month=11&cost_center_id=2eeb8ffe-6903-11ee-8c99-0242ac120002',
    'usage?year=2026&month=11&cost_center_id=3ffb9ffe-6903-11ee-8c99-0242ac120003',
    'usage?year=2026&month=11&cost_center_id=none',
    'reports',
    'reports/a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    'reports/a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    'https://github.com/enterprises/acme-ent/metered_exports/1234',
  ]);
  expect(asks.map(({ afterSeconds }) => afterSeconds).slice(4)).toEqual([undefined, 15, 15, undefined]);
  expect(asks[4]?.body).toEqual({
    report_type: 'ai_credit',
    start_date: '2026-11-18',
    end_date: '2026-11-19',
    send_email: false,
  });
});

it('bills credits to people by the report, everything else to cost centres, each dollar once', () => {
  const { rows } = converse(copilotCosts, days, answer);
  expect(
    rows.map(({ meter, workspace_id, principal_id, model, billed_cost, list_cost }) => [
      meter,
      workspace_id ?? principal_id,
      model,
      billed_cost,
      list_cost,
    ]),
  ).toEqual([
    ['seat_months', '2eeb8ffe-6903-11ee-8c99-0242ac120002', null, '39.0000000000', '39.0000000000'],
    ['seat_months', '3ffb9ffe-6903-11ee-8c99-0242ac120003', null, '39.0000000000', '39.0000000000'],
    ['seat_months', null, null, '39.0000000000', '39.0000000000'],
    ['credits', names.login('github', 'ana-ruiz_acme'), 'Claude Sonnet 5.5', '0.0000000000', '3.2210000000'],
    ['credits', names.login('github', 'ana-ruiz_acme'), 'GPT-6.1 Sol', '0.0000000000', '0.7040000000'],
    ['credits', names.login('github', 'ana-ruiz_acme'), 'Claude Haiku 5.5', '0.0000000000', '0.2000000000'],
    ['credits', names.login('github', 'chi-tanaka_acme'), 'Claude Opus 5.5', '3.2055000000', '3.2055000000'],
  ]);
});

it('knows cost centres by id, their names as labels, and people by their login alone', () => {
  const { told } = converse(copilotCosts, days, answer);
  expect(told.identities.map(({ kind, label, login }) => [kind, label ?? login])).toEqual([
    ['workspace', 'CC-420 Data'],
    ['workspace', 'CC-310 Support'],
    ['person', 'ana-ruiz_acme'],
    ['person', 'chi-tanaka_acme'],
  ]);
  expect(told.principals?.at(-1)).toMatchObject({
    id: names.login('github', 'chi-tanaka_acme'),
    login_hint: names.login('github', 'chi-tanaka_acme'),
  });
});

it('takes the net of zero for no money, and the gross for what was used and by whom', () => {
  const header = 'date,username,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount';
  const lines = included.given.usageItems.map(
    ({ user, sku, model, grossQuantity, grossAmount, discountAmount, netAmount }) =>
      ['2026-11-18', user, sku, model, grossQuantity, 'ai-credits', grossAmount, discountAmount, netAmount].join(),
  );
  const { rows } = converse(copilotCosts, days, (ask) =>
    ask.isSignedLink ? [header, ...lines].join('\n') : answer(ask),
  );
  const used = rows.filter(({ meter }) => meter === 'credits');
  const list = used.reduce((sum, { list_cost }) => sum + Number(list_cost), 0);
  expect({
    billed_usd: String(used.reduce((sum, { billed_cost }) => sum + Number(billed_cost), 0)),
    list_usd: String(list),
    credits_used: used.reduce((sum, { quantity }) => sum + Number(quantity), 0),
    share: Object.fromEntries(
      Object.keys(included.expect.values.share).map((login) => [
        login,
        String(
          used
            .filter(({ principal_id }) => principal_id === names.login('github', login))
            .reduce((sum, { list_cost }) => sum + Number(list_cost), 0) / list,
        ),
      ]),
    ),
  }).toEqual(included.expect.values);
});

it('waits its turn while GitHub makes another report, and gives up on one that failed', () => {
  const order = copilotCosts.ask(days).at(-1) ?? { url: '' };
  expect([409, 403].map((status) => copilotCosts.refused?.({ ...days, asked: order, status, body: '' }))).toEqual([
    [{ ...order, about: { look: '1' }, afterSeconds: 15 }],
    null,
  ]);
  const failed = () => copilotCosts.next({ ...days, asked: order, page: { id: 'r1', status: 'failed' }, soFar: [] });
  expect(failed).toThrow('GitHub could not make the AI-credit report r1; it is ordered again');
});
