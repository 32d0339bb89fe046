import { describe, expect, it } from 'vitest';
import { litellmUsage } from '../../../../shared/sources/litellm/usage.ts';
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('litellm_usage');
const heard = converse(litellmUsage, where, vendor);
const KEY = '88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b';
const ana = names.user('litellm', 'ana.ruiz@acme.example');
const row = {
  day: '2026-11-18',
  hour_at: '2026-11-18T14:00:00.000Z',
  account_id: 'acct-1',
  workspace_id: 'team-support',
  credential_id: KEY,
  principal_id: ana,
  product: 'anthropic',
  session_id: null,
  model: 'claude-sonnet-5-5',
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  claimed_cost: null,
  claim: 'copy',
  cut: 'whole',
};

/** A request as a proxy logs it. */
const log = (id: string, more: object = {}) => ({
  request_id: id,
  api_key: KEY,
  spend: 0.01,
  prompt_tokens: 100,
  completion_tokens: 10,
  startTime: '2026-11-18T09:00:00Z',
  model: 'gpt-6.1-terra',
  custom_llm_provider: 'openai',
  team_id: 'team-support',
  ...more,
});
/** A conversation about pages of logs. */
const about = (...pages: (readonly object[])[]) =>
  converse(litellmUsage, where, ({ url }) => {
    const page = Number(new URL(url).searchParams.get('page'));
    const data = pages[page - 1] ?? [];
    const total = new Set(pages.flat().map((one) => JSON.stringify(one))).size;
    return JSON.stringify({ data, total, page, page_size: 2, total_pages: pages.length });
  });
const quantities = ({ rows }: ReturnType<typeof about>) =>
  Object.fromEntries(rows.map(({ meter, quantity }) => [meter, quantity]));

describe('asking', () => {
  it('asks page after page, with one question', () => {
    expect(heard.asks.map(({ url }) => url)).toEqual(
      [1, 2].map(
        (page) =>
          `https://gateway.test/spend/logs/v2?start_date=2026-11-18+00%3A00%3A00&end_date=2026-11-19+00%3A00%3A00&page=${page}&page_size=1000`,
      ),
    );
  });

  it('asks for an hour when asked for an hour, and for days one by one', () => {
    const spans = (from: string, to: string) =>
      litellmUsage
        .ask({ ...where, window: { from, to } })
        .map(({ url }) => new URL(url).searchParams)
        .map((of) => [of.get('start_date'), of.get('end_date')]);
    expect(spans('2026-11-18T23:00:00.000Z', '2026-11-19T00:00:00.000Z')).toEqual([
      ['2026-11-18 23:00:00', '2026-11-19 00:00:00'],
    ]);
    expect(spans('2026-11-18T00:00:00.000Z', '2026-11-20T00:00:00.000Z')).toEqual([
      ['2026-11-18 00:00:00', '2026-11-19 00:00:00'],
      ['2026-11-19 00:00:00', '2026-11-20 00:00:00'],
    ]);
  });

  it('takes the older list where the second version is not there', () => {
    const [asked = { url: '' }] = litellmUsage.ask(where);
    const refused = (status: number) => litellmUsage.refused?.({ ...where, asked, status, body: '' });
    expect(refused(403)).toBeNull();
    expect(refused(404)).toEqual([
      {
        ...asked,
        url: 'https://gateway.test/spend/logs/ui?start_date=2026-11-18+00%3A00%3A00&end_date=2026-11-19+00%3A00%3A00&page=1&page_size=100',
      },
    ]);
    expect(litellmUsage.refused?.({ ...where, asked: refused(404)?.[0] ?? asked, status: 404, body: '' })).toBeNull();
  });

  it('keeps a path before the API', () => {
    const { window } = where;
    const [asked] = litellmUsage.ask({ window, connection: connectionTo('litellm', 'https://ai.acme.test/llm') });
    expect(asked?.url).toMatch(/^https:\/\/ai\.acme\.test\/llm\/spend\/logs\/v2\?/);
  });

  it('goes back to the first page when requests are missing at the end: pages shifted under it', () => {
    const [asked = { url: '' }] = litellmUsage.ask(where);
    const page = (of: number, ...data: object[]) =>
      read(litellmUsage, JSON.stringify({ data, total: 3, page: of, page_size: 2, total_pages: 2 }));
    const ends = (...data: object[]) => {
      const [first, last] = [page(1, log('a'), log('b')), page(2, ...data)];
      return litellmUsage.next({
        ...where,
        asked,
        page: last,
        soFar: [
          { asked, page: first },
          { asked, page: last },
        ],
      });
    };
    // One was deleted, so that the third has moved to the first page.
    expect(ends()).toEqual([asked]);
    // One was added, so that the second came twice.
    expect(ends(log('b'), log('c'))).toEqual([]);
  });
});

describe('rows', () => {
  it('counts by hour, team, key, person and model; a claim that is a copy, and nothing for an answer of its own', () => {
    expect(heard.rows).toEqual([
      { ...row, meter: 'input_tokens', quantity: '2162.000000' },
      { ...row, meter: 'cache_read_tokens', quantity: '2048.000000' },
      { ...row, meter: 'output_tokens', quantity: '640.000000' },
      { ...row, meter: 'requests', quantity: '1.000000', claimed_cost: '0.0142000000' },
      {
        ...row,
        principal_id: null,
        product: 'openai',
        model: 'gpt-6.1-terra',
        meter: 'requests',
        quantity: '1.000000',
        claimed_cost: '0.0000000000',
        claim: 'free',
      },
    ]);
  });

  it('takes a request that stands on two pages once', () => {
    const twice = about([log('a'), log('b')], [log('b'), log('c')]);
    expect(quantities(twice)).toEqual({
      input_tokens: '300.000000',
      output_tokens: '30.000000',
      requests: '3.000000',
    });
  });

  it('leaves what starts on the stroke to the window that it begins', () => {
    const midnight = about([
      log('a', { startTime: '2026-11-19 00:00:00' }),
      log('b', { startTime: '2026-11-18 00:00:00.000000' }),
      log('c', { startTime: '2026-11-18T23:59:59.999999+00:00' }),
    ]);
    expect(midnight.rows.map(({ hour_at, meter }) => [hour_at, meter]).filter(([, of]) => of === 'requests')).toEqual([
      ['2026-11-18T00:00:00.000Z', 'requests'],
      ['2026-11-18T23:00:00.000Z', 'requests'],
    ]);
  });

  it('adds spend exactly, the noise of doubles rounded away', () => {
    const { rows } = about([log('a', { spend: 0.1 }), log('b', { spend: 0.20000000000000007 })]);
    expect(rows.find(({ meter }) => meter === 'requests')?.claimed_cost).toBe('0.3000000000');
  });

  it('reads the metadata as text too', () => {
    const metadata = JSON.stringify({ additional_usage_values: { cache_read_input_tokens: 40 } });
    expect(quantities(about([log('a', { metadata })]))).toMatchObject({
      input_tokens: '60.000000',
      cache_read_tokens: '40.000000',
    });
  });
});

describe('at the door', () => {
  it('keeps no word, no address, no name', () => {
    const words = log('a', {
      user: 'Mira Okafor',
      end_user: 'ben@acme.example',
      messages: [{ role: 'user', content: 'Retry card payments' }],
      response: { text: 'secret' },
      proxy_server_request: { body: 'secret' },
      requester_ip_address: '10.0.3.8',
      request_tags: ['feature:triage'],
      metadata: { user_api_key_alias: 'mira-notebook', user_api_key_user_email: 'mira@acme.example' },
    });
    const { answers, rows } = about([words]);
    const kept = JSON.stringify([answers, rows]);
    expect(/Mira|mira|ben@|Retry|secret|10\.0\.3|triage/.exec(kept)).toBeNull();
  });

  it('tells keys and teams by their alias, people by address or name', () => {
    expect(heard.told.identities.map(({ kind, email, login, label }) => [kind, email, login, label])).toEqual([
      ['credential', null, null, 'support-bot-prod'],
      ['workspace', null, null, 'support'],
      ['person', 'ana.ruiz@acme.example', null, null],
      ['credential', null, null, 'support-bot-prod'],
      ['workspace', null, null, 'support'],
    ]);
    expect(
      heard.told.principals?.map(({ kind, id, parent_id, email_hint }) => [kind, id, parent_id, email_hint]),
    ).toEqual([
      ['credential', KEY, 'team-support', null],
      ['workspace', 'team-support', null, null],
      ['person', ana, null, names.email('ana.ruiz@acme.example')],
      ['credential', KEY, 'team-support', null],
      ['workspace', 'team-support', null, null],
    ]);
  });

  it.each([
    ['the user of the key', { user: 'mira', end_user: 'ben@acme.example' }, names.user('litellm', 'mira')],
    [
      'an end user with an address, where a program has the key',
      { user: '', end_user: 'Ben@acme.example' },
      names.user('litellm', 'Ben@acme.example'),
    ],
    ['no customer', { user: null, end_user: 'tenant-9002' }, null],
    ['no user that the proxy made', { user: 'default_user_id' }, null],
  ])('takes for who asked: %s', (_name, who, principal) => {
    expect(about([log('a', who)]).rows[0]?.principal_id).toBe(principal);
  });
});

it('fails by name when a count is missing', () => {
  const body = recorded('litellm/spend_logs_v2.page1').replace('"prompt_tokens"', '"prompt"');
  expect(() => read(litellmUsage, body)).toThrow('prompt_tokens');
});

it('has no rows where nothing was logged', () => {
  const empty = converse(litellmUsage, asking(where.connection, '2026-11-18', '2026-11-19'), () =>
    JSON.stringify({ data: [], total: 0, page: 1, page_size: 1000, total_pages: 0 }),
  );
  expect([empty.asks.length, empty.rows]).toEqual([1, []]);
});
