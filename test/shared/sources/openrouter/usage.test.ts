import { describe, expect, it } from 'vitest';
import { openrouterUsage } from '../../../../shared/sources/openrouter/usage.ts';
import { conversationOf } from '../conversations.ts';
import { converse, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('openrouter_usage');
const heard = converse(openrouterUsage, where, vendor);
const NOTEBOOK = 'f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943';
const TRIAL = '9b1e4c1d8a6b0f2e7c5d3a4f6e8091a2b3c4d5e6f708192a3b4c5d6e7f809112';
const WORKSPACE = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';
const row = {
  day: '2026-11-18',
  hour_at: null,
  account_id: 'acct-1',
  workspace_id: WORKSPACE,
  principal_id: null,
  session_id: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  claimed_cost: null,
};
const gpt = { ...row, product: 'OpenAI', model: 'openai/gpt-6.1-sol', claim: 'billed' };
const sonnet = { ...row, credential_id: TRIAL, product: 'Amazon Bedrock', model: 'anthropic/claude-sonnet-5.5' };
const free = { ...row, credential_id: TRIAL, product: 'Chutes', model: 'meta-llama/llama-4-scout:free', claim: 'free' };

/** A conversation in which some answers are others. */
const otherwise = (change: (url: URL, body: string) => string) =>
  converse(openrouterUsage, where, (ask) => change(new URL(ask.url), vendor(ask)));

describe('asking', () => {
  it('asks each key for the day, switched-off ones too, and the whole account last', () => {
    const asked = heard.asks.map(({ url }) => new URL(url)).map(({ pathname, search }) => pathname + search);
    const day = '/api/v1/activity?date=2026-11-18&group_by=workspace';
    expect(asked).toEqual([
      '/api/v1/keys?include_disabled=true&offset=0',
      `${day}&api_key_hash=${NOTEBOOK}`,
      `${day}&api_key_hash=${TRIAL}`,
      '/api/v1/keys?include_disabled=true&offset=2',
      day,
    ]);
  });

  it('asks once a day, whatever the window', () => {
    const window = { from: '2026-11-18T01:00:00.000Z', to: '2026-11-18T02:00:00.000Z' };
    expect(openrouterUsage.ask({ ...where, window })).toEqual([]);
  });

  it('goes on without a key that was deleted meanwhile, and without nothing else', () => {
    const asked = heard.asks.map((ask) => openrouterUsage.refused?.({ ...where, asked: ask, status: 404, body: '' }));
    expect(asked).toEqual([null, [], [], null, null]);
  });
});

describe('rows', () => {
  it('gives each key its own, the rest to nobody, and every dollar one claim', () => {
    expect(heard.rows).toEqual([
      { ...gpt, credential_id: NOTEBOOK, meter: 'input_tokens', quantity: '500000.000000', cut: 'part' },
      { ...gpt, credential_id: NOTEBOOK, meter: 'output_tokens', quantity: '30000.000000', cut: 'part' },
      {
        ...gpt,
        credential_id: NOTEBOOK,
        meter: 'requests',
        quantity: '100.000000',
        claimed_cost: '1.5000000000',
        cut: 'part',
      },
      { ...sonnet, meter: 'input_tokens', quantity: '80221.000000', claim: 'copy', cut: 'part' },
      { ...sonnet, meter: 'output_tokens', quantity: '8022.000000', claim: 'copy', cut: 'part' },
      {
        ...sonnet,
        meter: 'requests',
        quantity: '14.000000',
        claimed_cost: '0.2402000000',
        claim: 'copy',
        cut: 'part',
      },
      // The fee for use of an own key is billed here, and counts no request a second time.
      {
        ...sonnet,
        meter: 'requests',
        quantity: '0.000000',
        claimed_cost: '0.0120000000',
        claim: 'billed',
        cut: 'part',
      },
      { ...free, meter: 'input_tokens', quantity: '4100.000000', cut: 'part' },
      { ...free, meter: 'output_tokens', quantity: '910.000000', cut: 'part' },
      { ...free, meter: 'requests', quantity: '9.000000', claimed_cost: '0.0000000000', cut: 'part' },
      { ...gpt, credential_id: null, meter: 'input_tokens', quantity: '102118.000000', cut: 'rest' },
      { ...gpt, credential_id: null, meter: 'output_tokens', quantity: '10221.000000', cut: 'rest' },
      {
        ...gpt,
        credential_id: null,
        meter: 'requests',
        quantity: '22.000000',
        claimed_cost: '0.3204000000',
        cut: 'rest',
      },
    ]);
  });

  it('calls the digits that a double adds noise', () => {
    const { rows } = otherwise((url, body) =>
      url.searchParams.has('api_key_hash') ? body.replace('1.5', '1.5000000000000002') : body,
    );
    expect(rows).toEqual(heard.rows);
  });

  it('keeps what was charged after the requests were counted', () => {
    const { rows } = otherwise((url, body) =>
      url.searchParams.has('api_key_hash') ? body : body.replace('0.012', '0.112'),
    );
    expect(rows.filter(({ cut, model }) => cut === 'rest' && model === sonnet.model)).toEqual([
      {
        ...sonnet,
        credential_id: null,
        meter: 'requests',
        quantity: '0.000000',
        claimed_cost: '0.1000000000',
        claim: 'billed',
        cut: 'rest',
      },
    ]);
  });

  it('begins anew when keys hold more than the whole, and stores nothing of it', () => {
    const body = recorded('openrouter/activity').replace('"requests": 122', '"requests": 99');
    const [asked = { url: '' }] = heard.asks.slice(-1);
    const page = read(openrouterUsage, body);
    const soFar = [...heard.answers.slice(0, -1), { asked, page }] as Parameters<typeof openrouterUsage.rows>[0];
    expect(openrouterUsage.next({ ...where, asked, page, soFar })).toEqual(heard.asks.slice(0, 1));
    expect(() => [...openrouterUsage.rows(soFar, where)]).toThrow(
      'on 2026-11-18 the keys hold more of openai/gpt-6.1-sol than the whole account',
    );
  });
});

it('fails by name when money is missing', () => {
  const body = recorded('openrouter/activity').replace('"usage"', '"cost"');
  expect(() => read(openrouterUsage, body)).toThrow(/"usage"/);
});
