import { expect, it } from 'vitest';
import { devinPrincipals } from '../../../../shared/sources/devin/principals.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names } from '../recorded.ts';

const { where, vendor } = conversationOf('devin_principals');
const heard = converse(devinPrincipals, where, vendor);

it('lists people with a role of their own or by a group, and programs, each once', () => {
  expect(heard.rows.map(({ kind, id, email_hint }) => [kind, id, email_hint])).toEqual([
    ['person', names.user('devin', 'user_ana'), names.email('ana.ruiz@acme.example')],
    ['person', names.user('devin', 'user_ben'), names.email('ben.okafor@acme.example')],
    ['person', names.user('devin', 'user_chi'), names.email('chi.tanaka@acme.example')],
    ['service', 'service-user-ci', null],
  ]);
});

it('hands names over to the table of names', () => {
  expect(heard.told.identities.map(({ kind, email, name, label }) => [kind, email, name, label])).toEqual([
    ['person', 'ana.ruiz@acme.example', 'Ana Ruiz', null],
    ['person', 'ben.okafor@acme.example', 'Ben Okafor', null],
    ['person', 'chi.tanaka@acme.example', 'Chi Tanaka', null],
    ['person', 'ana.ruiz@acme.example', 'Ana Ruiz', null],
    ['service', null, null, 'support-bot'],
  ]);
});

it('does without groups of an identity provider where there are none', () => {
  const refused = (list: string, status: number) =>
    devinPrincipals.refused?.({ ...where, asked: { url: '', about: { list } }, status, body: '' });
  expect([refused('idp-users', 404), refused('users', 404), refused('users', 403)]).toEqual([[], null, null]);
});
