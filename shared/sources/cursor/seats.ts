import { type Answer, type Asking, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { seats } from '../../tables/seats.ts';
import { beginsDay } from '../paging.ts';
import { disguiseMembers, type MemberPage, memberPage, members } from './member.ts';

type Status = SourceRow<typeof seats>['status'];

/** Roles with a paid seat, and the role without: https://cursor.com/docs/account/teams/members */
const ROLES: Readonly<Record<string, Status | null>> = { owner: 'active', member: 'active', 'free-owner': null };

function rows(answers: readonly Answer<MemberPage>[], { window, connection }: Asking): SourceRow<typeof seats>[] {
  return answers.flatMap(({ page }) =>
    page.teamMembers.flatMap(({ id, role, isRemoved }) => {
      // A role that is new may cost a seat, and says so.
      const status = Object.hasOwn(ROLES, role) ? (ROLES[role] ?? null) : 'unknown';
      if (isRemoved === true || status === null) return [];
      return [
        {
          day: window.from.slice(0, 10),
          account_id: connection.accountId,
          product: 'cursor',
          plan: connection.settings.plan ?? null,
          principal_id: id,
          workspace_id: null,
          status,
          assigned_at: null,
          ends_on: null,
          last_active_on: null,
        },
      ];
    }),
  );
}

/** Who holds a paid seat, by the role in the team. The members are asked for again: they fill another table. */
export const cursorSeats = defineSource<typeof seats, MemberPage>({
  id: 'cursor_seats',
  vendor: 'cursor',
  title: 'Cursor seats',
  ...SNAPSHOT,
  table: seats,
  page: memberPage,
  exact: [],
  ask: ({ window, connection }) => (beginsDay(window) ? [members(connection)] : []),
  next: () => [],
  disguise: disguiseMembers,
  rows,
  blindSpots:
    'What a seat costs (it comes from contracts), the plan (the setting plan says it), since when, and the days of a seat refunded by proration (https://cursor.com/docs/account/teams/admin-api).',
});
