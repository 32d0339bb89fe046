import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sum } from '../../../../shared/money.ts';
import type { Ask } from '../../../../shared/source.ts';
import { openaiCosts } from '../../../../shared/sources/openai/costs.ts';
import { conversationOf } from '../conversations.ts';
import { asking, converse, read, recorded } from '../recorded.ts';

const { where: days, vendor } = conversationOf('openai_costs');
const { connection } = days;
const heard = converse(openaiCosts, days, vendor);
const rowsOf = (body: string) => [...openaiCosts.rows([{ asked: { url: '' }, page: read(openaiCosts, body) }], days)];
const parametersOf = (ask: Ask | undefined) => [...new URL(ask?.url ?? '').searchParams];

it('asks for the ledger by the day, as finely as it can be grouped', () => {
  expect(heard.asks[0]?.url.split('?')[0]).toBe('https://openai.test/v1/organization/costs');
  expect(parametersOf(heard.asks[0])).toEqual([
    ['start_time', '1794873600'],
    ['end_time', '1795219200'],
    ['bucket_width', '1d'],
    ['limit', '4'],
    ['group_by[]', 'project_id'],
    ['group_by[]', 'user_id'],
    ['group_by[]', 'api_key_id'],
    ['group_by[]', 'line_item'],
  ]);
});

it('never asks for more buckets than the vendor allows', () => {
  const [ask] = openaiCosts.ask(asking(connection, '2026-01-01', '2026-12-01'));
  expect(new URL(ask?.url ?? '').searchParams.get('limit')).toBe('180');
});

it('writes a line of the ledger', () => {
  expect(heard.rows[0]).toEqual({
    day: '2026-11-17',
    account_id: 'acct-1',
    workspace_id: 'proj_8fKq2SupportBot',
    credential_id: 'key_5tGbSupportApi1',
    principal_id: null,
    product: null,
    model: 'gpt-6.1-sol',
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    meter: 'input_tokens',
    quantity: '1402118.000000',
    charge_category: 'Usage',
    charge_frequency: 'Usage-Based',
    charge_class: null,
    charge_description: 'gpt-6.1-sol, input_tokens',
    billed_cost: '2.8042360000',
    list_cost: null,
    contracted_cost: '2.8042360000',
    effective_cost: '2.8042360000',
    billing_currency: 'USD',
    invoice_id: null,
    sku_id: 'gpt-6.1-sol, input_tokens',
  });
});

describe('amounts', () => {
  it('is the same money as a number, as text, and in one sum', () => {
    const whole = rowsOf(recorded('openai/costs.ungrouped')).map(({ billed_cost }) => billed_cost);
    const asText = sum(rowsOf(recorded('openai/costs.string_amounts')).map(({ billed_cost }) => billed_cost));
    const asNumbers = sum(
      heard.rows.filter(({ day }) => day === '2026-11-18').map(({ billed_cost }) => String(billed_cost)),
    );
    expect([asText, asNumbers]).toEqual([whole[0], whole[0]]);
  });

  it.each([
    ['2.804236', '2.8042360000'],
    ['0.06000000000000001', '0.0600000000'],
    ['1.5e-05', '0.0000150000'],
    ['"0.00000000005"', '0.0000000001'],
    ['-4.25', '-4.2500000000'],
    ['0', '0.0000000000'],
  ])('reads %s dollars', (given, billed) => {
    const body = recorded('openai/costs.ungrouped').replace('34.37726762', given);
    expect(rowsOf(body).map(({ billed_cost }) => billed_cost)).toEqual([billed]);
  });

  it('fails by name when an amount is missing: unknown is not 0', () => {
    const body = recorded('openai/costs.ungrouped').replace('"value": 34.37726762,', '');
    expect(() => read(openaiCosts, body)).toThrow('value');
  });
});

describe('refusals', () => {
  const [asked = { url: '' }] = openaiCosts.ask(asking(connection, '2026-11-17', '2026-11-20'));
  const refusal = (of: Ask, message: string, status = 400) =>
    openaiCosts.refused?.({
      ...days,
      asked: of,
      status,
      body: JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
    });
  const NO_USERS = 'user_id cannot be combined with project_id for this organization and time range.';
  const NO_KEYS = 'group_by api_key_id is only supported for start_time at or after 1764979200.';
  const short = (asks: readonly Ask[] | null | undefined) =>
    asks?.map(({ url }) => {
      const { searchParams: of } = new URL(url);
      return [Number(of.get('start_time')), Number(of.get('end_time')), of.getAll('group_by[]').join(' ')];
    });
  const whole = 'project_id user_id api_key_id line_item';

  it('asks half the days each, so that only the refused ones lose the grouping', () => {
    expect(short(refusal(asked, NO_USERS))).toEqual([
      [1794873600, 1794960000, whole],
      [1794960000, 1795132800, whole],
    ]);
  });

  it('asks a single day without the user, then without the key', () => {
    const [day = asked] = openaiCosts.ask(asking(connection, '2026-11-17', '2026-11-18'));
    const first = refusal(day, NO_USERS);
    expect(short(first)).toEqual([[1794873600, 1794960000, 'project_id api_key_id line_item']]);
    expect(short(refusal(first?.[0] ?? day, NO_KEYS))).toEqual([[1794873600, 1794960000, 'project_id line_item']]);
  });

  it('takes other refusals for what they are', () => {
    expect([
      openaiCosts.refused?.({ ...days, asked, status: 400, body: recorded('openai/error_400_limit') }),
      openaiCosts.refused?.({ ...days, asked, status: 403, body: recorded('openai/error_403') }),
      refusal(asked, NO_USERS, 500),
    ]).toEqual([null, null, null]);
  });
});

it('does not take half a ledger for a whole one (case more-pages-but-no-cursor)', () => {
  const { given } = z
    .object({ given: z.object({ page1: z.unknown() }) })
    .parse(JSON.parse(recorded('cases/more-pages-but-no-cursor')));
  expect(() => read(openaiCosts, JSON.stringify(given.page1))).toThrow('has_more and next_page disagree');
});

it('cuts months by UTC, whatever zone the machine is in (case month-of-budget-and-month-of-spend)', () => {
  const body = recorded('openai/costs.ungrouped');
  const dayOf = (at: string) => rowsOf(body.replace('1794960000', String(Date.parse(at) / 1000))).map(({ day }) => day);
  expect([...dayOf('2026-10-31T00:00:00Z'), ...dayOf('2026-11-01T00:00:00Z')]).toEqual(['2026-10-31', '2026-11-01']);
});
