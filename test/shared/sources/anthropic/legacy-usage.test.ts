import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Ask } from '../../../../shared/source.ts';
import { anthropicUsage } from '../../../../shared/sources/anthropic/usage.ts';
import { asking, connectionTo, converse, names, recorded } from '../recorded.ts';
import { legacyPage, legacyMessages as vendor } from './legacy-messages.ts';

const connection = { ...connectionTo('anthropic', 'https://anthropic.test'), settings: { api: 'legacy' } };
const days = asking(connection, '2026-11-17', '2026-11-21');
const detected = asking(connectionTo('anthropic', 'https://anthropic.test'), '2026-11-17', '2026-11-21');

const heard = converse(anthropicUsage, days, vendor);
const url = new URL(heard.asks[0]?.url ?? '');

it('asks by the hour for what prices, and for speed with the header that it needs', () => {
  expect(url.pathname).toBe('/v1/organizations/usage_report/messages');
  expect([...url.searchParams]).toEqual([
    ['starting_at', '2026-11-17T00:00:00Z'],
    ['ending_at', '2026-11-21T00:00:00Z'],
    ['bucket_width', '1h'],
    ['group_by[]', 'model'],
    ['group_by[]', 'service_tier'],
    ['group_by[]', 'context_window'],
    ['group_by[]', 'inference_geo'],
    ['group_by[]', 'speed'],
    ['limit', '168'],
  ]);
  expect(heard.asks[0]?.headers).toEqual({ 'anthropic-beta': 'fast-mode-2026-02-01' });
});

it('then asks for each of what prices by whom', () => {
  const parts = heard.asks.map(({ url: of }) => new URL(of).searchParams).filter((of) => of.has('models[]'));
  expect(new Set(parts.map((of) => [of.get('models[]'), of.get('service_tiers[]')].join(' ')))).toEqual(
    new Set([
      'claude-sonnet-5-5 standard',
      'claude-haiku-5-5 standard',
      'claude-opus-5-5 batch',
      'claude-opus-5-5 standard',
    ]),
  );
  expect(parts[0]?.getAll('group_by[]')).toEqual(['api_key_id', 'workspace_id', 'account_id', 'service_account_id']);
});

it('writes the default workspace by its name, and a person as pseudonym', () => {
  const row = heard.rows.find(({ workspace_id, meter }) => workspace_id === 'default' && meter === 'input_tokens');
  expect(row).toEqual({
    day: '2026-11-17',
    hour_at: '2026-11-17T00:00:00.000Z',
    account_id: 'acct-1',
    workspace_id: 'default',
    credential_id: null,
    principal_id: names.user('anthropic', 'user_01DevMehtaZx6Cv8Bn'),
    product: null,
    session_id: null,
    model: 'claude-opus-5-5',
    service_tier: 'standard',
    speed: null,
    context_window: null,
    region: null,
    meter: 'input_tokens',
    quantity: '12040.000000',
    claimed_cost: null,
    claim: null,
    cut: 'part',
  });
});

const totalOf = (meter: string): bigint =>
  heard.rows
    .filter((row) => row.meter === meter)
    .reduce((sum, { quantity }) => sum + BigInt(String(quantity).replace('.000000', '')), 0n);

/** What the recording itself holds. */
const told = [1, 2]
  .flatMap((n) => legacyPage.parse(JSON.parse(recorded(`anthropic/usage_report_messages.page${n}`))).data)
  .flatMap(({ results }) => results);

it('counts every token of the report once, and no requests', () => {
  const sum = (member: string): bigint => told.reduce((all, one) => all + BigInt(z.int().parse(one[member])), 0n);
  expect([totalOf('input_tokens'), totalOf('output_tokens'), totalOf('cache_read_tokens')]).toEqual([
    sum('uncached_input_tokens'),
    sum('output_tokens'),
    sum('cache_read_input_tokens'),
  ]);
  expect(heard.rows.filter(({ meter, cut }) => meter === 'requests' || cut === 'rest')).toEqual([]);
});

it('keeps no id of a person in a page', () => {
  expect(heard.answers.map(({ page: kept }) => /user_01/.exec(JSON.stringify(kept)))).toEqual(
    heard.answers.map(() => null),
  );
});

describe('an organisation without the current report', () => {
  const [asked] = anthropicUsage.ask(detected);
  const refused = (status: number, message: string, of: Ask | undefined = asked) =>
    anthropicUsage.refused?.({
      ...detected,
      asked: of ?? { url: '' },
      status,
      body: JSON.stringify({ type: 'error', error: { type: 'x', message } }),
    }) ?? null;

  it.each([
    [404, 'Not found'],
    [400, 'organizations with HIPAA readiness enabled cannot use this endpoint'],
  ])('is asked the legacy way after %i %s', (status, message) => {
    expect(refused(status, message)).toEqual(anthropicUsage.ask(days));
  });

  it.each([
    [400, 'ending_at: range may span at most 31 days'],
    [403, 'This API key does not have the required scope'],
    [401, 'invalid x-api-key'],
  ])('is not what %i %s means', (status, message) => {
    expect(refused(status, message)).toBeNull();
  });

  it('does not change the way in the middle, nor twice', () => {
    const later = { ...asked, url: `${asked?.url}&page=page_2` };
    expect([refused(404, 'Not found', later), refused(404, 'Not found', heard.asks[0])]).toEqual([null, null]);
  });

  it('is said of the day, unless the settings say it', () => {
    const note = (of: typeof days) => anthropicUsage.note?.(heard.asks, of) ?? null;
    expect(note(detected)).toMatch(/^told by the legacy reports, for this organisation lacks the current ones/);
    expect(note(days)).toBeNull();
  });
});
