import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Ask, Connection, Disguised } from '../../source.ts';
import { identityOf } from '../principal.ts';
import { address } from './question.ts';

const text = z.string().nullish();

/** Whoever is, or was, in the team; older answers give the id as a number. */
export const person = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  name: text,
  email: text,
});

/** An answer of the members endpoint: https://cursor.com/docs/account/teams/admin-api */
export const memberPage = z.object({
  teamMembers: z.array(person.extend({ role: z.string(), isRemoved: z.boolean().nullish() })),
});

/** The team's members. */
export type MemberPage = z.infer<typeof memberPage>;

/** The question for the members; they come in one page. */
export const members = ({ baseUrl }: Connection): Ask => ({ url: address(baseUrl, '/teams/members') });

/** A person without name, and the name. Their id is the pseudonym of the address, which is all that events carry. */
export function disguisePerson<P extends z.infer<typeof person>>(told: P, names: Pseudonyms): Disguised<P> {
  const email = told.email?.trim() ?? '';
  const id = email === '' ? names.user('cursor', told.id) : names.email(email);
  return {
    page: { ...told, id, name: null, email: email === '' ? null : id },
    identities: [
      identityOf({ kind: 'person', id, email: email === '' ? null : email, name: told.name?.trim() || null }),
    ],
  };
}

/** A page of members without names. */
export function disguiseMembers(page: MemberPage, names: Pseudonyms): Disguised<MemberPage> {
  const clean = page.teamMembers.map((member) => disguisePerson(member, names));
  return {
    page: { teamMembers: clean.map(({ page: member }) => member) },
    identities: clean.flatMap(({ identities }) => identities),
  };
}
