import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../../shared/source.ts';
import { anthropicUsage } from '../../../../shared/sources/anthropic/usage.ts';
import { conversationOf } from '../conversations.ts';
import { asking, converse, names, read, recorded } from '../recorded.ts';

const { where: day, vendor } = conversationOf('anthropic_usage');
const { connection } = day;
const heard = converse(anthropicUsage, day, vendor);

const blank = {
  day: '2026-11-24',
  hour_at: '2026-11-24T09:00:00.000Z',
  account_id: 'acct-1',
  workspace_id: null,
  credential_id: null,
  principal_id: null,
  product: null,
  session_id: null,
  model: 'claude-sonnet-5-5',
  service_tier: 'standard',
  speed: 'standard',
  context_window: '0-200k',
  region: 'global',
  claimed_cost: null,
  claim: null,
};
const bot = { ...blank, workspace_id: 'wrkspc_01SupportBotN4tY8cBw', product: 'messages_api', cut: 'part' };
const ana = {
  ...blank,
  workspace_id: 'wrkspc_01ClaudeCodeT9uV5dMx',
  principal_id: names.user('anthropic', 'user_01AnaRuizWq3Er5Ty7'),
  product: 'claude_code',
  cut: 'part',
};
const oidc = names.user('anthropic', 'federated oidc https://token.actions.example repo:acme/ana-tools');
const agent = {
  ...bot,
  hour_at: '2026-11-24T10:00:00.000Z',
  credential_id: 'apikey_01SupportProdA2bC4dE6',
  product: 'managed_agents_api',
  session_id: 'sesn_01',
};
const nightly = {
  ...blank,
  workspace_id: 'wrkspc_01DataPlatformR6sH3jZe',
  credential_id: 'apikey_01EtlBatchF8gH1jK3',
  principal_id: 'svac_01NightlyEvalMb4Nv6Cx',
  product: 'message_batches_api',
  model: 'claude-haiku-4-5',
  service_tier: 'batch',
  region: null,
  cut: 'part',
};

describe('asking', () => {
  it('asks for what prices first, then page by page, then for each combination by whom', () => {
    const common = 'starting_at=2026-11-24T00%3A00%3A00Z&ending_at=2026-11-25T00%3A00%3A00Z&time_bucket_width=1h';
    const order = 'order_by=time&order=asc&limit=1000';
    const group = (by: string[]) => by.map((name) => `group_by%5B%5D=${name}`).join('&');
    const priced = group(['model', 'service_tier', 'context_window', 'inference_geo', 'speed']);
    const who = group(['api_key_id', 'workspace_id', 'actor', 'product', 'session_id']);
    const base = `https://anthropic.test/v1/organizations/analytics/usage?${common}`;
    expect(heard.asks.map(({ url }) => url)).toEqual([
      `${base}&${priced}&${order}`,
      `${base}&${priced}&${order}&page=page_price_2`,
      `${base}&${who}&models%5B%5D=claude-sonnet-5-5&service_tiers%5B%5D=standard&context_windows%5B%5D=0-200k&inference_geos%5B%5D=global&speeds%5B%5D=standard&${order}`,
      `${base}&${who}&models%5B%5D=claude-haiku-4-5&service_tiers%5B%5D=batch&context_windows%5B%5D=0-200k&inference_geos%5B%5D=not_available&speeds%5B%5D=standard&${order}`,
    ]);
  });

  it('sends the header of the beta with each', () => {
    expect(new Set(heard.asks.map(({ headers }) => headers?.['anthropic-beta']))).toEqual(
      new Set(['analytics-usage-cost-2026-08-24']),
    );
  });

  it('asks a run over the first instant of the reports from that instant on', () => {
    const [ask] = anthropicUsage.ask(asking(connection, '2025-12-20', '2026-01-20'));
    expect(new URL(ask?.url ?? '').searchParams.get('starting_at')).toBe('2026-01-01T00:00:00Z');
  });
});

describe('rows', () => {
  it('says who used what, and puts what the parts lack in a row of its own', () => {
    expect([...heard.rows].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual(
      [
        { ...ana, meter: 'input_tokens', quantity: '600.000000' },
        { ...ana, meter: 'cache_write_5m_tokens', quantity: '200.000000' },
        { ...ana, meter: 'cache_write_1h_tokens', quantity: '50.000000' },
        { ...ana, meter: 'cache_read_tokens', quantity: '9000.000000' },
        { ...ana, meter: 'output_tokens', quantity: '500.000000' },
        { ...ana, meter: 'web_search_requests', quantity: '3.000000' },
        { ...ana, meter: 'requests', quantity: '7.000000' },
        // Two identities that the vendor cannot show are one row.
        { ...bot, meter: 'input_tokens', quantity: '150.000000' },
        { ...bot, meter: 'output_tokens', quantity: '50.000000' },
        { ...bot, meter: 'requests', quantity: '3.000000' },
        { ...bot, principal_id: oidc, meter: 'input_tokens', quantity: '150.000000' },
        { ...bot, principal_id: oidc, meter: 'output_tokens', quantity: '100.000000' },
        { ...bot, principal_id: oidc, meter: 'requests', quantity: '1.000000' },
        { ...agent, meter: 'input_tokens', quantity: '100.000000' },
        { ...agent, meter: 'output_tokens', quantity: '10.000000' },
        { ...agent, meter: 'requests', quantity: '1.000000' },
        { ...nightly, meter: 'input_tokens', quantity: '500.000000' },
        { ...nightly, meter: 'output_tokens', quantity: '40.000000' },
        { ...nightly, meter: 'requests', quantity: '4.000000' },
        { ...blank, cut: 'rest', meter: 'input_tokens', quantity: '100.000000' },
        { ...blank, cut: 'rest', meter: 'output_tokens', quantity: '50.000000' },
        { ...blank, cut: 'rest', meter: 'requests', quantity: '1.000000' },
        {
          ...blank,
          hour_at: '2026-11-24T10:00:00.000Z',
          model: null,
          service_tier: null,
          speed: null,
          context_window: null,
          region: null,
          cut: 'whole',
          meter: 'requests',
          quantity: '5.000000',
        },
      ].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    );
  });

  it('refuses parts that hold more than the whole of the same rebuild', () => {
    const twice = (ask: Ask) =>
      vendor(ask)
        .replaceAll('"uncached_input_tokens": 600', '"uncached_input_tokens": 900')
        .replaceAll('"total_tokens": 10350', '"total_tokens": 10650');
    expect(() => converse(anthropicUsage, day, twice)).toThrow(
      'anthropic_usage: at 2026-11-24T09:00:00.000Z the parts of claude-sonnet-5-5 hold 200 input_tokens more than the whole',
    );
  });

  it('takes what arrived between the two cuts without a rest', () => {
    const later = (ask: Ask) =>
      ask.about?.cut === 'part'
        ? vendor(ask)
            .replaceAll('"uncached_input_tokens": 600', '"uncached_input_tokens": 900')
            .replaceAll('"total_tokens": 10350', '"total_tokens": 10650')
            .replaceAll('2026-11-25T04:00:00Z', '2026-11-25T16:00:00Z')
        : vendor(ask);
    const inputs = converse(anthropicUsage, day, later).rows.filter(
      ({ hour_at, meter, model }) => hour_at === blank.hour_at && meter === 'input_tokens' && model === blank.model,
    );
    expect(inputs.map(({ cut, quantity }) => [cut, quantity])).toEqual([
      ['part', '900.000000'],
      ['part', '150.000000'],
      ['part', '150.000000'],
    ]);
  });

  it('holds the same tokens as the recorded day cut', () => {
    const answers = ['page1', 'page2'].map((page) => ({
      asked: { url: 'https://anthropic.test', about: { cut: 'price' } },
      page: read(anthropicUsage, recorded(`anthropic/analytics_usage.${page}`)),
    }));
    const rows = [...anthropicUsage.rows(answers, asking(connection, '2026-11-17', '2026-11-20'))];
    const total = (meter: string) =>
      rows.reduce((sum, row) => sum + (row.meter === meter ? BigInt(row.quantity.replace('.', '')) : 0n), 0n) /
      1000000n;
    // The sums of the same days in the older report (usage_report/messages).
    expect([total('input_tokens'), total('output_tokens'), total('cache_read_tokens')]).toEqual([
      26110756n,
      5876089n,
      96738577n,
    ]);
  });
});

describe('the page', () => {
  it('refuses an answer with a kind of token that it does not know', () => {
    const body = recorded('anthropic/usage_part_haiku').replace('"total_tokens": 540', '"total_tokens": 600');
    expect(() => read(anthropicUsage, body)).toThrow('is not the sum of the kinds of tokens that are told apart');
  });

  it.each([
    ['more without a cursor', '"has_more": true', '"next_page": null'],
    ['a cursor without more', '"has_more": false', '"next_page": "page_2"'],
  ])('refuses %s', (_what, more, cursor) => {
    const body = recorded('anthropic/usage_part_haiku')
      .replace('"has_more": false', more)
      .replace('"next_page": null', cursor);
    expect(() => read(anthropicUsage, body)).toThrow('has_more and next_page disagree');
  });

  it('fails by name when a field is missing', () => {
    const body = recorded('anthropic/usage_part_haiku').replace('"output_tokens": 40', '"other_tokens": 40');
    expect(() => read(anthropicUsage, body)).toThrow('output_tokens');
  });
});

it('names what was met: the person with an address, keys, workspaces, service accounts', () => {
  const [person] = heard.told.identities;
  expect(person).toEqual({
    kind: 'person',
    id: ana.principal_id,
    email: 'ana.ruiz@acme.example',
    login: null,
    name: 'Ana Ruiz',
    label: null,
  });
  expect(heard.told.principals?.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    `person ${ana.principal_id}`,
    `service ${oidc}`,
    'workspace wrkspc_01ClaudeCodeT9uV5dMx',
    'workspace wrkspc_01SupportBotN4tY8cBw',
    'credential apikey_01SupportProdA2bC4dE6',
    'service svac_01NightlyEvalMb4Nv6Cx',
    'credential apikey_01EtlBatchF8gH1jK3',
    'workspace wrkspc_01DataPlatformR6sH3jZe',
  ]);
});

it('is whole through the earliest rebuild that an answer came from', () => {
  const [first] = heard.answers;
  const page = read(anthropicUsage, recorded('anthropic/usage_part_haiku'));
  const asked = first?.asked ?? { url: '' };
  expect(
    anthropicUsage.completeThrough?.([
      { asked, page: { ...page, data_refreshed_at: '2026-11-25T16:00:00Z' } },
      { asked, page: { ...page, data_refreshed_at: '2026-11-25T04:00:00Z' } },
    ]),
  ).toBe('2026-11-25T04:00:00.000Z');
});

describe('refusals', () => {
  const part = heard.asks[2] ?? { url: '' };
  const refusal = (message: string, status = 400) => ({
    ...day,
    asked: part,
    status,
    body: JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } }),
  });

  it('leaves out a dimension that the organisation does not have', () => {
    const instead = anthropicUsage.refused?.(refusal('group_by: session_id is not available for this organization'));
    expect(instead?.map(({ url }) => new URL(url).searchParams.getAll('group_by[]'))).toEqual([
      ['api_key_id', 'workspace_id', 'actor', 'product'],
    ]);
  });

  it('takes every other refusal for one', () => {
    expect([
      anthropicUsage.refused?.(refusal('ending_at: range may span at most 31 days')),
      anthropicUsage.refused?.(refusal('group_by: session_id is not available', 403)),
      anthropicUsage.refused?.(refusal('group_by: at most 5 dimensions may be given')),
    ]).toEqual([null, null, null]);
  });
});
