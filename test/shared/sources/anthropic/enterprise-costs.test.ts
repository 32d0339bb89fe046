import { describe, expect, it } from 'vitest';
import { sum } from '../../../../shared/money.ts';
import { isWanted } from '../../../../shared/source.ts';
import { anthropicCosts } from '../../../../shared/sources/anthropic/costs.ts';
import { anthropicEnterpriseCosts } from '../../../../shared/sources/anthropic/enterprise-costs.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('anthropic_enterprise_costs');
const heard = converse(anthropicEnterpriseCosts, where, vendor);
const ana = names.user('anthropic', 'user_01AnaRuizWq3Er5Ty7');

it('asks for the totals by product, and for the people by all that tells them apart', () => {
  expect(
    heard.asks.map(({ url }) => new URL(url)).map(({ pathname, search }) => `${pathname}${decodeURIComponent(search)}`),
  ).toEqual([
    '/v1/organizations/analytics/cost_report?starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-20T00:00:00Z&bucket_width=1d&group_by[]=product&limit=31',
    '/v1/organizations/analytics/user_cost_report?starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-20T00:00:00Z&bucket_width=1d&group_by[]=product&group_by[]=model&group_by[]=cost_type&group_by[]=token_type&limit=1000',
    '/v1/organizations/analytics/user_cost_report?starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-20T00:00:00Z&bucket_width=1d&group_by[]=product&group_by[]=model&group_by[]=cost_type&group_by[]=token_type&limit=1000&page=page_dWNyOjM%3D'.replace(
      '%3D',
      '=',
    ),
  ]);
});

it('writes what each person is billed, after discount and at list', () => {
  expect(heard.rows[0]).toEqual({
    day: '2026-11-18',
    account_id: 'acct-1',
    workspace_id: null,
    credential_id: null,
    principal_id: ana,
    product: 'claude_code',
    model: 'claude-opus-5-5',
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    meter: null,
    quantity: null,
    charge_category: 'Usage',
    charge_frequency: 'Usage-Based',
    charge_class: null,
    charge_description: null,
    billed_cost: '412.8000000000',
    list_cost: '516.0000000000',
    contracted_cost: '412.8000000000',
    effective_cost: '412.8000000000',
    billing_currency: 'USD',
    invoice_id: null,
    sku_id: null,
  });
});

it('keeps what is tied to no user account as rows of nobody, so that the sum is the total', () => {
  const rest = heard.rows.filter(({ principal_id }) => principal_id === null);
  expect(rest.map(({ product, billed_cost, list_cost }) => [product, billed_cost, list_cost])).toEqual([
    ['claude_tag', '2.2000000000', '2.7500000000'],
    [null, '0.1250000000', '0.1250000000'],
  ]);
  // 41280 + 1187.52 + 902.352 + 220 + 12.5 cents.
  expect(sum(heard.rows.map(({ billed_cost }) => String(billed_cost)))).toBe('436.0237200000');
});

it('keeps the cost of a person who was deleted, without the name in its place', () => {
  const dev = names.user('anthropic', 'user_01DevMehtaZx6Cv8Bn');
  expect(heard.rows.filter(({ principal_id }) => principal_id === dev).map(({ billed_cost }) => billed_cost)).toEqual([
    '0.0312000000',
  ]);
  expect(JSON.stringify(heard.told.identities)).not.toContain('Deleted');
});

it('reads the older spelling of an address', () => {
  const body = recorded('anthropic/enterprise_user_cost_report.page1').replaceAll('"email_address"', '"email"');
  const page = read(anthropicEnterpriseCosts, body);
  expect(anthropicEnterpriseCosts.disguise?.(page, names, where.connection).principals?.[0]).toMatchObject({
    id: ana,
    email_hint: names.email('ana.ruiz@acme.example'),
  });
});

describe('what cannot be trusted', () => {
  const totals = recorded('anthropic/enterprise_cost_report');

  it('is a bucket of as many groups as one may hold: the rest is not told', () => {
    const one = JSON.parse(totals).data[0];
    const full = {
      ...JSON.parse(totals),
      data: [{ ...one, results: Array.from({ length: 100 }, () => one.results[0]) }],
    };
    expect(() => read(anthropicEnterpriseCosts, JSON.stringify(full))).toThrow(/as many as a bucket may hold/);
  });

  it('is a total that its people exceed, unless the data was refreshed in between', () => {
    const less = totals.replace('"41280.000000"', '"41279.000000"');
    const told = (body: string) => () =>
      converse(anthropicEnterpriseCosts, where, (ask) => (ask.url.includes('/cost_report') ? body : vendor(ask)));
    expect(told(less)).toThrow(/people's claude_code costs 0.0100000000 USD more than its total/);
    expect(told(less.replace('2026-11-20T02:00:00Z', '2026-11-20T01:00:00Z'))).not.toThrow();
  });
});

it('takes the place of the other ledger, never stands beside it', () => {
  const enterprise = { ...where.connection, settings: { reports: 'enterprise' } };
  const asked = (connection: typeof enterprise | typeof where.connection) =>
    [anthropicCosts, anthropicEnterpriseCosts].map((source) => isWanted(source, connection));
  expect([asked(enterprise), asked(where.connection)]).toEqual([
    [false, true],
    [true, false],
  ]);
});
