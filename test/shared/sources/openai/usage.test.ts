import { describe, expect, it } from 'vitest';
import { openaiUsage } from '../../../../shared/sources/openai/usage.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where: days, vendor } = conversationOf('openai_usage');
const { connection } = days;
const heard = converse(openaiUsage, days, vendor);
const of = (product: string) => heard.rows.filter((row) => row.product === product);
const blank = {
  day: '2026-11-18',
  hour_at: '2026-11-18T00:00:00.000Z',
  account_id: 'acct-1',
  workspace_id: 'proj_8fKq2SupportBot',
  credential_id: 'key_5tGbSupportApi1',
  principal_id: null,
  session_id: null,
  model: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  claimed_cost: null,
  claim: null,
  cut: 'whole',
};
const lab = { ...blank, workspace_id: 'proj_3mZx7ResearchLab', credential_id: 'key_7yHnLabNotebook2' };

describe('asking', () => {
  it('asks each endpoint as finely as it can be grouped, by the hour where it can', () => {
    const asks = openaiUsage.ask(days).map(({ url }) => new URL(url));
    expect(
      asks.map(({ pathname, searchParams }) => [
        pathname.replace('/v1/organization/usage/', ''),
        searchParams.get('bucket_width'),
        searchParams.get('limit'),
        searchParams.getAll('group_by[]').join(' '),
      ]),
    ).toEqual([
      ['completions', '1h', '168', 'project_id user_id api_key_id model batch service_tier'],
      ['decisions', '1h', '168', 'project_id user_id api_key_id model batch service_tier'],
      ['embeddings', '1h', '168', 'project_id user_id api_key_id model'],
      ['moderations', '1h', '168', 'project_id user_id api_key_id model'],
      ['images', '1h', '168', 'project_id user_id api_key_id model'],
      ['audio_speeches', '1h', '168', 'project_id user_id api_key_id model'],
      ['audio_transcriptions', '1h', '168', 'project_id user_id api_key_id model'],
      ['vector_stores', '1d', '31', 'project_id'],
      ['code_interpreter_sessions', '1h', '168', 'project_id'],
      ['file_search_calls', '1h', '168', 'project_id user_id api_key_id'],
      ['web_search_calls', '1h', '168', 'project_id user_id api_key_id model'],
    ]);
    expect(new Set(asks.map(({ searchParams: of }) => `${of.get('start_time')} ${of.get('end_time')}`))).toEqual(
      new Set([`${Date.parse('2026-11-17T00:00:00Z') / 1000} ${Date.parse('2026-11-21T00:00:00Z') / 1000}`]),
    );
  });

  it('asks the next page with the same question', () => {
    const pages = heard.asks.filter(({ about }) => about?.endpoint === 'completions').map(({ url }) => url);
    expect(pages).toEqual([pages[0], `${pages[0]}&page=page_AAAAAGkgExampleCursorAAAAAGkhEQA%3D`]);
  });

  it('asks for storage once a day, also when the day is asked by the hour', () => {
    const endpoints = (from: string, to: string) =>
      openaiUsage.ask({ connection, window: { from, to } }).map(({ about }) => about?.endpoint);
    expect(endpoints('2026-11-17T00:00:00.000Z', '2026-11-17T01:00:00.000Z')).toHaveLength(11);
    expect(endpoints('2026-11-17T01:00:00.000Z', '2026-11-17T02:00:00.000Z')).not.toContain('vector_stores');
  });
});

describe('rows', () => {
  it('splits a completion into meters that do not overlap', () => {
    const key = {
      ...blank,
      day: '2026-11-17',
      hour_at: '2026-11-17T00:00:00.000Z',
      product: 'completions',
      model: 'gpt-6.1-sol-2026-09-29',
      service_tier: 'standard',
    };
    expect(of('completions').slice(0, 5)).toEqual([
      { ...key, meter: 'input_tokens', quantity: '1402118.000000' },
      { ...key, meter: 'cache_read_tokens', quantity: '9220440.000000' },
      { ...key, meter: 'cache_write_30m_tokens', quantity: '310220.000000' },
      { ...key, meter: 'output_tokens', quantity: '402118.000000' },
      { ...key, meter: 'requests', quantity: '6120.000000' },
    ]);
  });

  it('says batch for batches, whatever tier stands beside, and a pseudonym for a user', () => {
    const tiers = of('completions')
      .filter(({ day, meter }) => day === '2026-11-17' && meter === 'requests')
      .map(({ service_tier, principal_id }) => [service_tier, principal_id]);
    expect(tiers).toEqual([
      ['standard', null],
      ['flex', null],
      ['priority', names.user('openai', 'user-Op1As3Df5Gh7Ben')],
      ['batch', null],
    ]);
  });

  it.each([
    ['embeddings', { ...blank, model: 'text-embedding-3-large' }, { input_tokens: '48221044', requests: '9120' }],
    ['moderations', { ...blank, model: 'omni-moderation-latest' }, { input_tokens: '120442', requests: '2210' }],
    ['decisions', blank, { input_tokens: '40211', output_tokens: '1204', requests: '88' }],
    ['images', { ...lab, model: 'gpt-image-2' }, { images: '42', requests: '40' }],
    ['audio_speeches', { ...blank, model: 'gpt-4o-mini-tts' }, { characters: '220118', requests: '310' }],
    ['audio_transcriptions', { ...blank, model: 'gpt-4o-transcribe' }, { audio_seconds: '18220', requests: '122' }],
    ['code_interpreter_sessions', { ...lab, credential_id: null }, { code_interpreter_sessions: '37' }],
    ['file_search_calls', blank, { file_search_requests: '1802' }],
    [
      'web_search_calls',
      { ...lab, principal_id: names.user('openai', 'user-Op1As3Df5Gh7Ben'), model: 'gpt-6-astra' },
      { web_search_requests: '640' },
    ],
  ])('counts %s in their own meters', (product, row, meters) => {
    expect(of(product)).toEqual(
      Object.entries(meters).map(([meter, quantity]) => ({
        ...row,
        product,
        meter,
        quantity: `${quantity}.000000`,
      })),
    );
  });

  it('counts storage in gigabyte-days of 2^30 bytes', () => {
    expect(of('vector_stores')).toEqual([
      {
        ...blank,
        hour_at: null,
        credential_id: null,
        product: 'vector_stores',
        meter: 'storage_gb_days',
        quantity: '0.683594',
      },
    ]);
  });
});

it('names the projects, keys and users that it met', () => {
  expect(heard.told.identities).toEqual([]);
  expect(
    [...new Set(heard.told.principals?.map(({ kind, id, parent_id }) => `${kind} ${id} ${parent_id}`))].sort(),
  ).toEqual(
    [
      'credential key_5tGbSupportApi1 proj_8fKq2SupportBot',
      'credential key_7yHnLabNotebook2 proj_3mZx7ResearchLab',
      'credential key_9iKmBatchSvc3 proj_3mZx7ResearchLab',
      `person ${names.user('openai', 'user-Op1As3Df5Gh7Ben')} null`,
      'workspace proj_3mZx7ResearchLab null',
      'workspace proj_8fKq2SupportBot null',
    ].sort(),
  );
});

it('refuses an answer that says there is more and gives no cursor (case more-pages-but-no-cursor)', () => {
  const body = recorded('openai/usage_embeddings').replace('"has_more": false', '"has_more": true');
  expect(() => read(openaiUsage, body)).toThrow('has_more and next_page disagree');
});

it('fails by name when a count is missing', () => {
  const body = recorded('openai/usage_embeddings').replace('"input_tokens"', '"tokens"');
  expect(() => read(openaiUsage, body)).toThrow('input_tokens');
});
