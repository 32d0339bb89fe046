import { expect, it } from 'vitest';
import { openrouterPrincipals } from '../../../../shared/sources/openrouter/principals.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names } from '../recorded.ts';

const { where, vendor } = conversationOf('openrouter_principals');
const heard = converse(openrouterPrincipals, where, vendor);
const ana = names.user('openrouter', 'user_2dHFtVWx2n56w6HkM0000000000');
const ben = names.user('openrouter', 'user_2dHFtVWx2n56w6HkM0000000001');
const WORKSPACE = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';
const told = {
  day: '2026-11-24',
  parent_id: null,
  owner_id: null,
  email_hint: null,
  login_hint: null,
  team_hint: null,
  cost_center_hint: null,
  status: 'active',
  created_at: null,
};
const key = { ...told, kind: 'credential', parent_id: WORKSPACE, created_at: '2026-08-24T10:30:00.000Z' };

it('knows keys with their makers, the workspace, and members by address', () => {
  expect(heard.rows).toEqual([
    { ...key, id: 'f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943', owner_id: ana },
    {
      ...key,
      id: '9b1e4c1d8a6b0f2e7c5d3a4f6e8091a2b3c4d5e6f708192a3b4c5d6e7f809112',
      owner_id: ben,
      status: 'inactive',
    },
    { ...told, kind: 'workspace', id: WORKSPACE, created_at: '2026-08-20T08:00:00.000Z' },
    // An address in other letters is the same person (case same-address-in-other-letters).
    { ...told, kind: 'person', id: ana, email_hint: names.email('ana.ruiz@acme.example') },
    { ...told, kind: 'person', id: ben, email_hint: names.email('ben@acme.example') },
  ]);
});

it('gives names up at the door, in the spelling of the vendor', () => {
  expect(heard.told.identities.map(({ kind, email, name, label }) => ({ kind, email, name, label }))).toEqual([
    { kind: 'credential', email: null, name: null, label: 'Ana Ruiz notebook' },
    { kind: 'credential', email: null, name: null, label: 'support-bot trial' },
    { kind: 'workspace', email: null, name: null, label: "Mira's experiments" },
    { kind: 'person', email: 'Ana.Ruiz@acme.example', name: 'Ana Ruiz', label: null },
    { kind: 'person', email: 'ben@acme.example', name: 'Ben', label: null },
  ]);
});

it('asks on where a directory is longer than a page', () => {
  const asked = { url: 'https://openrouter.test/api/v1/workspaces?offset=0&limit=100', about: { list: '/workspaces' } };
  const [entry] = heard.answers.flatMap(({ page }) => (page as { data: never[] }).data);
  const page = { data: Array.from({ length: 100 }, () => entry as never), total_count: 101 };
  expect(openrouterPrincipals.next({ ...where, asked, page, soFar: [] })).toEqual([
    { ...asked, url: 'https://openrouter.test/api/v1/workspaces?offset=100&limit=100' },
  ]);
});

it('takes an account of one person, which has keys alone; a key that may not list keys is refused', () => {
  const refused = openrouterPrincipals
    .ask(where)
    .map((asked) => openrouterPrincipals.refused?.({ ...where, asked, status: 403, body: '' }));
  expect(refused).toEqual([null, [], []]);
});
