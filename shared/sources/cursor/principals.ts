import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Disguised,
  defineSource,
  SNAPSHOT,
  type SourceRow,
} from '../../source.ts';
import { principals } from '../../tables/principals.ts';
import { beginsDay } from '../paging.ts';
import { principalOf } from '../principal.ts';
import { disguiseMembers, disguisePerson, memberPage, members, person } from './member.ts';
import { address } from './question.ts';

const groupMember = z
  .object({ userId: person.shape.id, name: person.shape.name, email: person.shape.email })
  .transform(({ userId: id, ...told }) => ({ ...told, id }));

/** Billing groups of an Enterprise team; a person is in one at a time: https://cursor.com/docs/account/teams/admin-api */
const groups = z.array(z.object({ name: z.string(), currentMembers: z.array(groupMember) }));

const page = z
  .object({ teamMembers: memberPage.shape.teamMembers.optional(), groups: groups.optional() })
  .refine(({ teamMembers, groups: told }) => teamMembers !== undefined || told !== undefined, {
    path: ['teamMembers'],
    error: 'is missing, and so is groups',
  });

type Page = z.infer<typeof page>;

/** What a billing group is in this company, by the connection's setting `billing_groups`; without it, they are not asked for. */
const HINTS = { team: 'team_hint', cost_center: 'cost_center_hint' } as const;
const hintOf = ({ connection }: Asking): (typeof HINTS)[keyof typeof HINTS] | null => {
  const told = z.enum(['team', 'cost_center']).safeParse(connection.settings.billing_groups);
  return told.success ? HINTS[told.data] : null;
};

function ask(asking: Asking): Ask[] {
  if (!beginsDay(asking.window)) return [];
  const day = asking.window.from.slice(0, 10);
  const ofGroups = { url: `${address(asking.connection.baseUrl, '/teams/groups')}?billingCycle=${day}` };
  return [members(asking.connection), ...(hintOf(asking) === null ? [] : [ofGroups])];
}

function disguise({ teamMembers, groups: told }: Page, names: Pseudonyms): Disguised<Page> {
  const members = disguiseMembers({ teamMembers: teamMembers ?? [] }, names);
  if (told === undefined) return members;
  const clean = told.map(({ name, currentMembers }) => ({
    name,
    // Their names are told by the list of members.
    currentMembers: currentMembers.map((member) => disguisePerson(member, names).page),
  }));
  return { page: { groups: clean }, identities: [] };
}

function rows(answers: readonly Answer<Page>[], asking: Asking): SourceRow<typeof principals>[] {
  const day = asking.window.from.slice(0, 10);
  const hint = hintOf(asking);
  const told = answers.flatMap(({ page: { groups: all } }) => all ?? []);
  const groupOf = new Map(told.flatMap(({ name, currentMembers }) => currentMembers.map(({ id }) => [id, name])));
  return answers
    .flatMap(({ page: { teamMembers } }) => teamMembers ?? [])
    .map(({ id, email, isRemoved }) => ({
      ...principalOf({
        kind: 'person',
        id,
        email_hint: email ?? null,
        status: isRemoved === true ? 'inactive' : 'active',
        ...(hint === null ? {} : { [hint]: groupOf.get(id) ?? null }),
      }),
      day,
    }));
}

/** The team's members, those removed too, with their billing group where the company uses them. */
export const cursorPrincipals = defineSource<typeof principals, Page>({
  id: 'cursor_principals',
  vendor: 'cursor',
  title: 'Cursor members and billing groups',
  ...SNAPSHOT,
  table: principals,
  page,
  exact: [],
  ask,
  next: () => [],
  disguise,
  rows,
  blindSpots:
    'Since when somebody is a member, service accounts, and billing groups without Enterprise or the setting billing_groups (https://cursor.com/docs/account/teams/admin-api).',
});
