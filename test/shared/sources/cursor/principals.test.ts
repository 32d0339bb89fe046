import { expect, it } from 'vitest';
import { cursorPrincipals } from '../../../../shared/sources/cursor/principals.ts';
import { conversationOf } from '../conversations.ts';
import { connectionTo, converse, names, read } from '../recorded.ts';

const { where, vendor } = conversationOf('cursor_principals');
const heard = converse(cursorPrincipals, where, vendor);
const person = (address: string, status: string, costCenter: string | null) => ({
  day: '2026-11-18',
  kind: 'person',
  id: names.email(address),
  parent_id: null,
  owner_id: null,
  email_hint: names.email(address),
  login_hint: null,
  team_hint: null,
  cost_center_hint: costCenter,
  status,
  created_at: null,
});

it('lists members under the id that events carry, the removed as inactive, with their billing group', () => {
  expect(heard.asks.map(({ url }) => url)).toEqual([
    'https://cursor.test/teams/members',
    'https://cursor.test/teams/groups?billingCycle=2026-11-18',
  ]);
  expect(heard.rows).toEqual([
    person('ana.ruiz@acme.example', 'active', 'Engineering'),
    // Left that group in September.
    person('ben.okafor@acme.example', 'active', null),
    person('chi.tanaka@acme.example', 'inactive', null),
  ]);
});

it('gives the names to identities alone', () => {
  expect(heard.told.identities[0]).toEqual({
    kind: 'person',
    id: names.email('ana.ruiz@acme.example'),
    email: 'ana.ruiz@acme.example',
    login: null,
    name: 'Ana Ruiz',
    label: null,
  });
});

it('asks for no billing groups unless the settings say what they are', () => {
  const plain = { ...where, connection: connectionTo('cursor', 'https://cursor.test') };
  const told = converse(cursorPrincipals, plain, vendor);
  expect(told.asks).toHaveLength(1);
  expect(told.rows[0]).toMatchObject({ team_hint: null, cost_center_hint: null });
});

it('names what is missing from an answer', () => {
  expect(() => read(cursorPrincipals, '{}')).toThrow('teamMembers');
});

it('takes the numbers of older answers for ids', () => {
  const older = '{"teamMembers":[{"id":12,"name":"A","email":"","role":"member","isRemoved":false}]}';
  const { rows } = converse(cursorPrincipals, where, ({ url }) => (url.includes('groups') ? '{"groups":[]}' : older));
  expect(rows).toEqual([expect.objectContaining({ id: names.user('cursor', '12'), email_hint: null })]);
});
