import { describe, expect, it } from 'vitest';
import { examine } from '../../local/doctor/examine.ts';
import { SecretError } from '../../shared/platform.ts';
import type { Connection } from '../../shared/source.ts';
import { SOURCES, VENDORS } from '../../shared/sources/index.ts';
import { testPlatform } from '../platform/index.ts';

/** What a vendor answers by path; 404 otherwise. */
type Answers = Record<string, { status?: number; body?: unknown; headers?: Record<string, string> }>;

function doctor(vendorId: string, answers: Answers, secret: () => Promise<string> = async () => 'key') {
  const asked: string[] = [];
  const fetch = async (to: string | URL | Request): Promise<Response> => {
    const { pathname } = new URL(String(to));
    asked.push(pathname);
    const { status = 200, body = {}, headers = {} } = answers[pathname] ?? { status: 404 };
    return Response.json(body, { status, headers });
  };
  const vendor = VENDORS.find(({ id }) => id === vendorId) ?? VENDORS[0];
  const connection: Connection = {
    id: `${vendorId}.main`,
    vendor: vendorId,
    baseUrl: vendor?.baseUrl ?? '',
    secret: 'name',
    accountId: null,
    settings: {},
  };
  const sources = SOURCES.filter((source) => source.id === `${vendorId}_costs`);
  const { platform } = testPlatform({ fetch, secrets: { read: secret } });
  if (vendor === undefined) throw new Error('no vendor');
  return { asked, findings: examine(platform, { vendor, connection, sources }) };
}

describe('the doctor', () => {
  it('says whose a key is and that each source answers', async () => {
    const { findings, asked } = doctor('anthropic', {
      '/v1/organizations/me': { body: { name: 'Example GmbH' }, headers: { 'anthropic-organization-id': 'org-1' } },
      '/v1/organizations/analytics/cost': {},
    });
    expect((await findings)[0]).toEqual({
      state: 'ok',
      of: 'anthropic.main',
      says: 'the key works: Example GmbH, org-1',
    });
    expect(asked).toHaveLength(2);
  });

  it('says what a refused key was refused with, and which key serves', async () => {
    const { findings } = doctor('anthropic', {
      '/v1/organizations/me': {
        status: 401,
        body: { error: { type: 'authentication_error', message: 'invalid x-api-key' } },
      },
    });
    expect(await findings).toEqual([
      {
        state: 'wrong',
        of: 'anthropic.main',
        says: expect.stringMatching(
          /^api\.anthropic\.com answered 401: invalid x-api-key; needed is an API key with scope/,
        ),
      },
    ]);
  });

  it('says which source is answered another way, and what that lacks', async () => {
    const { findings, asked } = doctor('anthropic', {
      '/v1/organizations/me': {},
      '/v1/organizations/cost_report': {},
    });
    expect((await findings)[1]).toEqual({
      state: 'look',
      of: 'anthropic.main anthropic_costs',
      says: expect.stringMatching(/^api\.anthropic\.com answered 404; told by the legacy reports, .*api: 'legacy'/),
    });
    expect(asked).toEqual([
      '/v1/organizations/me',
      '/v1/organizations/analytics/cost',
      '/v1/organizations/cost_report',
    ]);
  });

  it('says which source lacks a right', async () => {
    const { findings } = doctor('openai', {
      '/v1/organization/projects': { headers: { 'openai-organization': 'example' } },
      '/v1/organization/costs': { status: 403, body: { error: { message: 'Missing scopes: api.usage.read' } } },
    });
    expect(await findings).toEqual([
      { state: 'ok', of: 'openai.main', says: 'the key works: example' },
      {
        state: 'wrong',
        of: 'openai.main openai_costs',
        says: expect.stringContaining('Missing scopes: api.usage.read'),
      },
    ]);
  });

  it.each([
    ['anthropic', async () => 'sk-ant-admin01-x', { '/v1/organizations/me': {} }, 'an Admin key may also change users'],
    [
      'openai',
      async () => 'sk-admin-x',
      { '/v1/organization/projects': {}, '/v1/organization/admin_api_keys': {} },
      'it may also manage admin keys',
    ],
    [
      'github',
      async () => 'ghp_x',
      {
        '/graphql': { body: { data: { viewer: { login: 'mona' } } }, headers: { 'x-oauth-scopes': 'repo, admin:org' } },
      },
      'a classic token with repo, admin:org',
    ],
    [
      'copilot',
      async () => 'ghp_x',
      { '/rate_limit': { headers: { 'x-oauth-scopes': 'manage_billing:copilot, repo' } } },
      'a classic token with repo besides manage_billing:copilot',
    ],
  ])('tells a %s key that is stronger than needed', async (vendor, secret, answers, says) => {
    const { findings } = doctor(vendor, answers, secret);
    expect(await findings).toContainEqual({
      state: 'look',
      of: `${vendor}.main`,
      says: expect.stringContaining(`stronger than needed: ${says}`),
    });
  });

  it('says what a connection lacks in its settings, and how an app is not taken', async () => {
    const lacking = await doctor('copilot', { '/rate_limit': {} }).findings;
    const app = JSON.stringify({ appId: 1, installationId: 2, privateKey: '-----BEGIN x' });
    const refused = await doctor('copilot', {}, async () => app).findings;
    expect([lacking.at(-1), refused]).toEqual([
      {
        state: 'wrong',
        of: 'copilot.main copilot_costs',
        says: expect.stringContaining('names neither organization nor enterprise'),
      },
      [{ state: 'wrong', of: 'copilot.main', says: expect.stringContaining('it is no RSA key in PEM') }],
    ]);
  });

  it('says what to do about a key that is not there, and asks nobody', async () => {
    const { findings, asked } = doctor('anthropic', {}, async () =>
      Promise.reject(
        new SecretError('There is no key for anthropic.main: set OUTLAY_KEY_ANTHROPIC_MAIN in the environment.'),
      ),
    );
    expect(await findings).toEqual([
      { state: 'wrong', of: 'anthropic.main', says: expect.stringContaining('OUTLAY_KEY_ANTHROPIC_MAIN') },
    ]);
    expect(asked).toEqual([]);
  });

  it('never shows a key', async () => {
    const { findings } = doctor('anthropic', {}, async () => 'sk-ant-admin01-secret');
    expect(JSON.stringify(await findings)).not.toContain('sk-ant-admin01-secret');
  });
});
