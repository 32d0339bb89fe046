import { expect, it } from 'vitest';
import * as z from 'zod';
import { sum } from '../../../../shared/money.ts';
import type { Ask } from '../../../../shared/source.ts';
import { anthropicCosts } from '../../../../shared/sources/anthropic/costs.ts';
import { asking, connectionTo, converse, read, recorded } from '../recorded.ts';

const current = connectionTo('anthropic', 'https://anthropic.test');
const days = asking({ ...current, settings: { api: 'legacy' } }, '2026-11-17', '2026-11-21');
const vendor = ({ url }: Ask): string =>
  recorded(`anthropic/cost_report.page${new URL(url).searchParams.has('page') ? 2 : 1}`);
const heard = converse(anthropicCosts, days, vendor);

it('asks for the ledger by workspace and description', () => {
  const url = new URL(heard.asks[0]?.url ?? '');
  expect([url.pathname, ...url.searchParams]).toEqual([
    '/v1/organizations/cost_report',
    ['starting_at', '2026-11-17T00:00:00Z'],
    ['ending_at', '2026-11-21T00:00:00Z'],
    ['bucket_width', '1d'],
    ['group_by[]', 'workspace_id'],
    ['group_by[]', 'description'],
    ['limit', '31'],
  ]);
  expect(heard.asks.map(({ url: of }) => new URL(of).searchParams.get('page'))).toEqual([
    null,
    'page_MjAyNi0xMS0xOVQwMDowMDowMFo=',
  ]);
});

it('writes a line without key, person and list price, in dollars', () => {
  expect(heard.rows[0]).toEqual({
    day: '2026-11-17',
    account_id: 'acct-1',
    workspace_id: 'wrkspc_01SupportBotN4tY8cBw',
    credential_id: null,
    principal_id: null,
    product: null,
    model: 'claude-sonnet-5-5',
    service_tier: 'standard',
    speed: null,
    context_window: '0-200k',
    region: 'global',
    meter: 'input_tokens',
    quantity: null,
    charge_category: 'Usage',
    charge_frequency: 'Usage-Based',
    charge_class: null,
    charge_description: 'Claude Sonnet 5.5 Usage - Input Tokens',
    billed_cost: '3.8864200000',
    list_cost: null,
    contracted_cost: '3.8864200000',
    effective_cost: '3.8864200000',
    billing_currency: 'USD',
    invoice_id: null,
    sku_id: null,
  });
});

it('sums to what the current report says of the same days, to the last decimal', () => {
  expect(sum(heard.rows.map(({ billed_cost }) => String(billed_cost)))).toBe('115.5811432400');
});

it('writes the default workspace by its name: null would be no workspace at all', () => {
  expect(new Set(heard.rows.map(({ workspace_id }) => workspace_id))).toEqual(
    new Set(['wrkspc_01SupportBotN4tY8cBw', 'wrkspc_01DataPlatformR6sH3jZe', 'wrkspc_01ClaudeCodeT9uV5dMx', 'default']),
  );
});

it('is asked where the current report is unknown, and says so', () => {
  const asked = anthropicCosts.ask(asking(current, '2026-11-17', '2026-11-21'))[0] ?? { url: '' };
  const where = asking(current, '2026-11-17', '2026-11-21');
  expect(anthropicCosts.refused?.({ ...where, asked, status: 404, body: '' })).toEqual(anthropicCosts.ask(days));
  expect(anthropicCosts.note?.(heard.asks, where)).toMatch(/legacy reports/);
});

it('names what a legacy page lacks', () => {
  const body = recorded('anthropic/cost_report.page1').replace('"amount"', '"price"');
  expect(() => read(anthropicCosts, body)).toThrow(/amount/);
});

it('fails by name when the current page lacks its stamp', () => {
  const body = recorded('anthropic/analytics_cost.page1').replace('"data_refreshed_at"', '"refreshed"');
  expect(() => read(anthropicCosts, body)).toThrow(/data_refreshed_at/);
});

it('treats more pages without a cursor as a broken answer (case more-pages-but-no-cursor)', () => {
  const body = recorded('anthropic/cost_report.page2').replace('"has_more": false', '"has_more": true');
  expect(() => read(anthropicCosts, body)).toThrow(/has_more and next_page disagree/);
});

it('moves the point of cents by text, and keeps null for the default workspace (case cost-report-amounts-are-cents)', () => {
  const { given, expect: right } = z
    .object({
      given: z.object({ page: z.unknown() }),
      expect: z.object({ values: z.object({ total_usd: z.string() }) }),
    })
    .parse(JSON.parse(recorded('cases/cost-report-amounts-are-cents')));
  const page = read(anthropicCosts, JSON.stringify(given.page));
  const rows = [...anthropicCosts.rows([{ asked: heard.asks[0] ?? { url: '' }, page }], days)];
  expect(rows.map(({ billed_cost, workspace_id }) => [billed_cost, workspace_id])).toEqual([
    ['412.8000000000', 'default'],
    ['12.3456789012', 'wrkspc_01A'],
    ['0.0050000000', 'wrkspc_01A'],
  ]);
  expect(sum(rows.map(({ billed_cost }) => billed_cost))).toBe(right.values.total_usd);
});
