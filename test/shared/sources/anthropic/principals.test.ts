import { expect, it } from 'vitest';
import { anthropicPrincipals } from '../../../../shared/sources/anthropic/principals.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where: day, vendor } = conversationOf('anthropic_principals');
const { connection } = day;
const heard = converse(anthropicPrincipals, day, vendor);
const person = (id: string, address: string) => ({
  ...blank,
  kind: 'person',
  id: names.user('anthropic', id),
  email_hint: names.email(address),
  status: 'active',
  created_at: '2026-01-15T10:30:00.000Z',
});
const blank = {
  day: '2026-11-24',
  parent_id: null,
  owner_id: null,
  email_hint: null,
  login_hint: null,
  team_hint: null,
  cost_center_hint: null,
};
const workspace = {
  ...blank,
  kind: 'workspace',
  status: 'active',
  created_at: '2026-01-12T08:00:00.000Z',
};
const key = { ...blank, kind: 'credential', status: 'active', created_at: '2026-03-04T09:15:22.000Z' };

it('asks for users, all workspaces and keys, page by page', () => {
  expect(heard.asks.map(({ url }) => url.replace('https://anthropic.test/v1/organizations/', ''))).toEqual([
    'users?limit=1000',
    'users?limit=1000&after_id=user_01BenOkaforUi9Op1As',
    'workspaces?include_archived=true&include_default=true&limit=1000',
    'api_keys?limit=1000',
    'api_keys?limit=1000&after_id=apikey_01EtlBatchF8gH1jK3',
  ]);
});

it('lists people by pseudonym, workspaces with their tags, keys with workspace and owner', () => {
  expect(heard.rows).toEqual([
    person('user_01AnaRuizWq3Er5Ty7', 'ana.ruiz@acme.example'),
    person('user_01BenOkaforUi9Op1As', 'ben.okafor@acme.example'),
    person('user_01ChiTanakaDf2Gh4Jk', 'chi.tanaka@acme.example'),
    person('user_01DevMehtaZx6Cv8Bn', 'dev.mehta@acme.example'),
    { ...workspace, id: 'wrkspc_01DefaultK7mQ2vXp9Lr' },
    { ...workspace, id: 'wrkspc_01SupportBotN4tY8cBw', team_hint: 'support-eng', cost_center_hint: 'CC-310' },
    { ...workspace, id: 'wrkspc_01DataPlatformR6sH3jZe', team_hint: 'data', cost_center_hint: 'CC-420' },
    { ...workspace, id: 'wrkspc_01ClaudeCodeT9uV5dMx' },
    {
      ...key,
      id: 'apikey_01SupportProdA2bC4dE6',
      parent_id: 'wrkspc_01SupportBotN4tY8cBw',
      owner_id: names.user('anthropic', 'user_01AnaRuizWq3Er5Ty7'),
    },
    {
      ...key,
      id: 'apikey_01EtlBatchF8gH1jK3',
      parent_id: 'wrkspc_01DataPlatformR6sH3jZe',
      owner_id: 'svac_01NightlyEvalMb4Nv6Cx',
    },
    { ...blank, kind: 'service', id: 'svac_01NightlyEvalMb4Nv6Cx', status: 'unknown', created_at: null },
    {
      ...key,
      id: 'apikey_01CiAgentL5mN7pQ9',
      owner_id: names.user('anthropic', 'user_01DevMehtaZx6Cv8Bn'),
      status: 'archived',
    },
  ]);
});

it('hands names over, to stand nowhere else', () => {
  expect(heard.told.identities.map(({ kind, email, name, label }) => [kind, email ?? label, name])).toEqual([
    ['person', 'ana.ruiz@acme.example', 'Ana Ruiz'],
    ['person', 'ben.okafor@acme.example', 'Ben Okafor'],
    ['person', 'chi.tanaka@acme.example', 'Chi Tanaka'],
    ['person', 'dev.mehta@acme.example', 'Dev Mehta'],
    ['workspace', 'Default', null],
    ['workspace', 'support-bot', null],
    ['workspace', 'data-platform', null],
    ['workspace', 'Claude Code', null],
    ['credential', 'support-prod', null],
    ['credential', 'etl-batch', null],
    ['credential', 'ci-agent', null],
  ]);
});

it('reads keys of the older shape, whose workspace stands beside the scope', () => {
  const page = read(anthropicPrincipals, recorded('anthropic/api_keys.older_shape'));
  const rows = [...anthropicPrincipals.rows([{ asked: { url: '' }, page }], day)];
  expect(rows.map(({ id, parent_id, status }) => [id, parent_id, status])).toEqual([
    ['apikey_01SupportProdA2bC4dE6', 'wrkspc_01SupportBotN4tY8cBw', 'active'],
    ['apikey_01DefaultWsKeyQ1w2E3', null, 'inactive'],
  ]);
});

it('refuses a page with more to come and no id to go on from', () => {
  const body = recorded('anthropic/users.page1').replace('"last_id": "user_01BenOkaforUi9Op1As"', '"last_id": null');
  expect(() => read(anthropicPrincipals, body)).toThrow('is missing although there is more');
});

it('is the same person under an address in other letters (case same-address-in-other-letters)', () => {
  const body = recorded('anthropic/users.page1').replace('ana.ruiz@acme.example', ' ANA.Ruiz@Acme.example ');
  const page = read(anthropicPrincipals, body);
  const clean = anthropicPrincipals.disguise?.(page, names, connection);
  const answers = clean === undefined ? [] : [{ asked: { url: '' }, page: clean.page }];
  expect([...anthropicPrincipals.rows(answers, day)][0]?.email_hint).toBe(names.email('ana.ruiz@acme.example'));
  expect(clean?.identities[0]?.email).toBe(' ANA.Ruiz@Acme.example ');
});
