import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Ask, Disguised, Identity } from '../../source.ts';
import { either, has } from '../either.ts';
import { address, from } from '../paging.ts';
import { identityOf, once } from '../principal.ts';

// https://docs.devin.ai/api-reference/v3/users/members-users
const person = z.object({ user_id: z.string(), email: z.string().nullable(), name: z.string().nullable() });
// https://docs.devin.ai/api-reference/v3/service-users/members-service-users
const service = z.object({ service_user_id: z.string(), name: z.string().nullish() });

/** Who may use the enterprise: a person, or a program with a key of its own. */
export type Member = z.infer<typeof person> | z.infer<typeof service>;

/** A page of a list of members: https://docs.devin.ai/api-reference/concepts/pagination */
export const memberPage = z
  .object({
    items: z.array(either<Member>((item) => (has(item, 'service_user_id') ? service : person))),
    has_next_page: z.boolean().default(false),
    end_cursor: z.string().nullish(),
  })
  .refine(({ has_next_page, end_cursor }) => has_next_page === Boolean(end_cursor), {
    path: ['end_cursor'],
    error: 'has_next_page and end_cursor disagree: there is more without a cursor, or a cursor without more',
  });

/** Such a page, read. */
export type MemberPage = z.infer<typeof memberPage>;

/** Who has a role of their own, who has one by a group of the identity provider alone, and programs. */
const LISTS = ['users', 'idp-users', 'service-users'] as const;

/** The lists of members, their first pages; the most that a page may hold is 200. */
export const membersAsked = (baseUrl: string): Ask[] =>
  LISTS.map((list) => ({
    url: address(baseUrl, `/v3/enterprise/members/${list}`, [['first', '200']]),
    about: { list },
  }));

/** The page after this one. */
export const membersAfter = (asked: Ask, { end_cursor }: MemberPage): Ask[] =>
  end_cursor ? [from(asked, 'after', end_cursor)] : [];

/** Takes the names out of a page of members; an address becomes the hint by which people are found again. */
export function disguiseMembers(told: MemberPage, names: Pseudonyms): Disguised<MemberPage> {
  const clean = told.items.map((member): { member: Member; identity: Identity } => {
    if ('service_user_id' in member)
      return {
        member: { ...member, name: null },
        identity: identityOf({ kind: 'service', id: member.service_user_id, label: member.name ?? null }),
      };
    const { email, name } = member;
    const id = names.user('devin', member.user_id);
    return {
      member: { user_id: id, email: email === null ? null : names.email(email), name: null },
      identity: identityOf({ kind: 'person', id, email, name }),
    };
  });
  return {
    page: { ...told, end_cursor: null, items: clean.map(({ member }) => member) },
    identities: once(clean.map(({ identity }) => identity)),
  };
}
