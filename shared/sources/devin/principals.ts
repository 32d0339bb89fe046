import { defineSource, type Principal, SNAPSHOT } from '../../source.ts';
import { principals } from '../../tables/principals.ts';
import { beginsDay } from '../paging.ts';
import { once, principalOf } from '../principal.ts';
import { disguiseMembers, type Member, type MemberPage, memberPage, membersAfter, membersAsked } from './members.ts';

function principalIn(member: Member): Principal {
  if ('service_user_id' in member)
    return principalOf({ kind: 'service', id: member.service_user_id, status: 'active' });
  return principalOf({ kind: 'person', id: member.user_id, email_hint: member.email, status: 'active' });
}

/** Members of the enterprise, people and programs, as they are today. */
export const devinPrincipals = defineSource<typeof principals, MemberPage>({
  id: 'devin_principals',
  vendor: 'devin',
  title: 'Devin members',
  ...SNAPSHOT,
  table: principals,
  page: memberPage,
  exact: [],
  ask: ({ window, connection: { baseUrl } }) => (beginsDay(window) ? membersAsked(baseUrl) : []),
  next: ({ asked, page }) => membersAfter(asked, page),
  // An enterprise without groups of an identity provider has no such list.
  refused: ({ asked, status }) => (status === 404 && asked.about?.list === 'idp-users' ? [] : null),
  disguise: disguiseMembers,
  rows: (answers, { window }) =>
    once(answers.flatMap(({ page }) => page.items.map(principalIn))).map((entry) => ({
      ...entry,
      day: window.from.slice(0, 10),
    })),
  blindSpots:
    'Members who have left (the vendor forgets them; ours are kept), since when somebody is one, and organisations inside the enterprise (https://docs.devin.ai/api-reference/v3/users/members-users).',
});
