import { expect, it } from 'vitest';
import type { Ask } from '../../../../shared/source.ts';
import { openaiPrincipals } from '../../../../shared/sources/openai/principals.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names } from '../recorded.ts';

const { where: day, vendor } = conversationOf('openai_principals');
const heard = converse(openaiPrincipals, day, vendor);
const blank = {
  day: '2026-11-24',
  parent_id: null,
  owner_id: null,
  email_hint: null,
  login_hint: null,
  team_hint: null,
  cost_center_hint: null,
  status: 'active',
};
const person = (id: string, address: string) => ({
  ...blank,
  kind: 'person',
  id: names.user('openai', id),
  email_hint: names.email(address),
  created_at: '2026-01-15T10:10:22.000Z',
});
const support = { ...blank, parent_id: 'proj_8fKq2SupportBot' };

it('asks for users and projects, then for the keys and accounts of each project', () => {
  const path = ({ url }: Ask) => url.replace('https://openai.test/v1/organization/', '');
  const inProject = (id: string) => [
    `projects/${id}/api_keys?owner_project_access=any&limit=100`,
    `projects/${id}/service_accounts?limit=100`,
  ];
  expect(heard.asks.map(path)).toEqual([
    'users?limit=100',
    'users?limit=100&after=user-Op1As3Df5Gh7Ben',
    'projects?include_archived=true&limit=100',
    ...inProject('proj_0aDefaultProject'),
    ...inProject('proj_8fKq2SupportBot'),
    ...inProject('proj_3mZx7ResearchLab'),
  ]);
});

it('lists people by pseudonym, projects, keys with project and owner, service accounts', () => {
  expect(heard.rows).toEqual([
    person('user-Qw3Er5Ty7Ui9Ana', 'ana.ruiz@acme.example'),
    person('user-Op1As3Df5Gh7Ben', 'ben.okafor@acme.example'),
    person('user-Jk9Lz1Xc3Vb5Chi', 'chi.tanaka@acme.example'),
    { ...blank, kind: 'workspace', id: 'proj_0aDefaultProject', created_at: '2025-02-19T21:20:00.000Z' },
    { ...blank, kind: 'workspace', id: 'proj_8fKq2SupportBot', created_at: '2025-10-20T22:40:00.000Z' },
    {
      ...blank,
      kind: 'workspace',
      id: 'proj_3mZx7ResearchLab',
      status: 'archived',
      created_at: '2025-11-24T16:00:00.000Z',
    },
    {
      ...support,
      kind: 'credential',
      id: 'key_5tGbSupportApi1',
      owner_id: 'svc_acct_1aSupport',
      created_at: '2025-11-24T16:18:42.000Z',
    },
    {
      ...support,
      kind: 'credential',
      id: 'key_7yHnLabNotebook2',
      owner_id: names.user('openai', 'user-Op1As3Df5Gh7Ben'),
      status: 'inactive',
      created_at: '2026-01-09T23:25:22.000Z',
    },
    { ...support, kind: 'service', id: 'svc_acct_1aSupport', created_at: '2025-11-24T16:18:20.000Z' },
  ]);
});

it('hands names over, to stand nowhere else', () => {
  expect(heard.told.identities.map(({ kind, email, name, label }) => [kind, email ?? label, name])).toEqual([
    ['person', 'ana.ruiz@acme.example', 'Ana Ruiz'],
    ['person', 'ben.okafor@acme.example', 'Ben Okafor'],
    ['person', 'chi.tanaka@acme.example', 'Chi Tanaka'],
    ['workspace', 'Default project', null],
    ['workspace', 'support-bot', null],
    ['workspace', 'research-lab', null],
    ['credential', 'support-api', null],
    ['credential', 'ben notebook', null],
    ['person', 'ben.okafor@acme.example', 'Ben Okafor'],
    ['service', 'support-bot-sa', null],
  ]);
});

it('goes on without a project that went while its neighbours were read, and not without a right', () => {
  const refusal = (status: number, about: Record<string, string> | undefined) =>
    openaiPrincipals.refused?.({ ...day, asked: { url: '', ...(about && { about }) }, status, body: '' });
  expect([refusal(404, { project: 'proj_1' }), refusal(404, undefined), refusal(403, { project: 'proj_1' })]).toEqual([
    [],
    null,
    null,
  ]);
});
