import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sum } from '../../../../shared/money.ts';
import { anthropicCosts } from '../../../../shared/sources/anthropic/costs.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where: days, vendor } = conversationOf('anthropic_costs');
const { connection } = days;
const heard = converse(anthropicCosts, days, vendor);

it('asks by the day for the ledger of each key, workspace and actor, with cost_type beside token_type', () => {
  const url = new URL(heard.asks[0]?.url ?? '');
  expect(url.pathname).toBe('/v1/organizations/analytics/cost');
  expect([...url.searchParams]).toEqual([
    ['starting_at', '2026-11-17T00:00:00Z'],
    ['ending_at', '2026-11-20T00:00:00Z'],
    ['time_bucket_width', '1d'],
    ['group_by[]', 'api_key_id'],
    ['group_by[]', 'workspace_id'],
    ['group_by[]', 'actor'],
    ['group_by[]', 'model'],
    ['group_by[]', 'service_tier'],
    ['group_by[]', 'cost_type'],
    ['group_by[]', 'token_type'],
    ['order_by', 'time'],
    ['order', 'asc'],
    ['limit', '1000'],
  ]);
});

it('asks for the next page with the same question and its cursor, nothing else', () => {
  const [first, second] = heard.asks.map(({ url }) => new URL(url));
  second?.searchParams.delete('page');
  expect(heard.asks).toHaveLength(2);
  expect(second?.href).toBe(first?.href);
});

it('asks for a whole day in the first of its hours only', () => {
  const hour = (from: string, to: string) =>
    anthropicCosts
      .ask({ connection, window: { from, to } })
      .map(({ url }) => new URL(url).searchParams.get('ending_at'));
  expect(hour('2026-11-17T00:00:00.000Z', '2026-11-17T01:00:00.000Z')).toEqual(['2026-11-18T00:00:00Z']);
  expect(hour('2026-11-17T01:00:00.000Z', '2026-11-17T02:00:00.000Z')).toEqual([]);
});

it('writes a line of the ledger in dollars', () => {
  const line = {
    day: '2026-11-17',
    account_id: 'acct-1',
    workspace_id: 'wrkspc_01SupportBotN4tY8cBw',
    credential_id: 'apikey_01SupportProdA2bC4dE6',
    principal_id: null,
    product: null,
    model: 'claude-sonnet-5-5',
    service_tier: 'standard',
    speed: null,
    context_window: null,
    region: null,
    meter: 'input_tokens',
    quantity: null,
    charge_category: 'Usage',
    charge_frequency: 'Usage-Based',
    charge_class: null,
    charge_description: 'tokens, uncached_input_tokens',
    billed_cost: '3.8864200000',
    list_cost: '3.8864200000',
    contracted_cost: '3.8864200000',
    effective_cost: '3.8864200000',
    billing_currency: 'USD',
    invoice_id: null,
    sku_id: null,
  };
  const search = {
    ...line,
    meter: 'web_search_requests',
    charge_description: 'web_search',
    billed_cost: '2.1400000000',
    list_cost: '2.1400000000',
    contracted_cost: '2.1400000000',
    effective_cost: '2.1400000000',
  };
  expect(heard.rows[0]).toEqual(line);
  expect(heard.rows[4]).toEqual(search);
});

it('sums to what the vendor billed, to the last decimal', () => {
  // 11558.114324 cents, as the older cost report says of the same days.
  expect(sum(heard.rows.map(({ billed_cost }) => String(billed_cost)))).toBe('115.5811432400');
});

it('puts a person as pseudonym, a service account as its id', () => {
  expect(new Set(heard.rows.map(({ principal_id }) => principal_id))).toEqual(
    new Set([
      null,
      names.user('anthropic', 'user_01AnaRuizWq3Er5Ty7'),
      names.user('anthropic', 'user_01BenOkaforUi9Op1As'),
      names.user('anthropic', 'user_01DevMehtaZx6Cv8Bn'),
      'svac_01NightlyEvalMb4Nv6Cx',
    ]),
  );
});

describe('cents (case cost-report-amounts-are-cents)', () => {
  const given = z
    .object({
      given: z.object({
        page: z.object({
          data: z.array(z.object({ results: z.array(z.object({ amount: z.string(), cost_type: z.string() })) })),
        }),
      }),
      expect: z.object({ values: z.object({ total_usd: z.string() }) }),
    })
    .parse(JSON.parse(recorded('cases/cost-report-amounts-are-cents')));
  const group = {
    api_key_id: null,
    workspace_id: null,
    actor: null,
    model: null,
    service_tier: null,
    token_type: null,
  };
  const page = read(
    anthropicCosts,
    JSON.stringify({
      data: given.given.page.data.flatMap(({ results }) =>
        results.map(({ amount, cost_type }, i) => ({
          starting_at: '2026-11-17T00:00:00Z',
          group: { ...group, cost_type, workspace_id: `wrkspc_${i}` },
          cost: { amount, list_amount: amount, currency: 'USD' },
        })),
      ),
      has_more: false,
      next_page: null,
      data_refreshed_at: null,
    }),
  );
  const rows = [...anthropicCosts.rows([{ asked: { url: '' }, page }], days)];

  it('moves the point of the text, without rounding', () => {
    expect(rows.map(({ billed_cost }) => billed_cost)).toEqual(['412.8000000000', '12.3456789012', '0.0050000000']);
  });

  it('sums to what the case says', () => {
    expect(sum(rows.map(({ billed_cost }) => billed_cost))).toBe(given.expect.values.total_usd);
  });
});

it('keeps the money of a cost type that it does not know, without a meter', () => {
  const body = recorded('anthropic/analytics_cost.page2').replaceAll(
    '"cost_type": "web_search"',
    '"cost_type": "teleport"',
  );
  const answers = [{ asked: { url: '' }, page: read(anthropicCosts, body) }];
  const unknown = [...anthropicCosts.rows(answers, days)].filter(({ meter }) => meter === null);
  expect(unknown.map(({ charge_description, billed_cost }) => [charge_description, billed_cost])).toEqual([
    ['teleport', '0.0300000000'],
    ['teleport', '0.7900000000'],
    ['teleport', '0.0100000000'],
  ]);
});

it('keeps its question while paging (case stored-cursor-and-changed-question)', () => {
  const page = read(anthropicCosts, recorded('anthropic/analytics_cost.page1'));
  const asked = heard.asks[0] ?? { url: '' };
  const [more] = anthropicCosts.next({ asked, page, ...days, soFar: [{ asked, page }] });
  const group = (url = '') => new URL(url).searchParams.getAll('group_by[]');
  expect(group(more?.url)).toEqual(group(asked.url));
  expect(new URL(more?.url ?? '').searchParams.get('page')).toBe(page.next_page);
});
