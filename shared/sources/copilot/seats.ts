import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Asking, type Disguised, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { seats } from '../../tables/seats.ts';
import { instant, millis } from '../../time.ts';
import { beginsDay } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { onward, question, scopeOf } from './scope.ts';

const seat = z.object({
  assignee: z.object({ id: z.union([z.int(), z.string()]).transform(String), login: z.string().nullable() }).nullish(),
  organization: z.object({ login: z.string() }).nullish(),
  created_at: z.string().nullish(),
  pending_cancellation_date: z.iso.date().nullish(),
  last_activity_at: z.string().nullish(),
  plan_type: z.string().nullish(),
});

const page = z.object({ total_seats: z.int(), seats: z.array(seat) });

type Page = z.infer<typeof page>;
type Seat = Page['seats'][number];
type SeatRow = SourceRow<typeof seats>;

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const shown = told.seats.map((of) => {
    const { assignee } = of;
    if (assignee === null || assignee === undefined) return { seat: of, identities: [], principals: [] };
    // GitHub's accounts are the same people here as in pull requests.
    const id = names.user('github', assignee.id);
    const { login } = assignee;
    const login_hint = login === null ? null : names.login('github', login);
    return {
      seat: { ...of, assignee: { id, login: null } },
      identities: [identityOf({ kind: 'person', id, login })],
      principals: [principalOf({ kind: 'person', id, login_hint, status: 'active' })],
    };
  });
  return {
    page: { ...told, seats: shown.map(({ seat: of }) => of) },
    identities: once(shown.flatMap(({ identities }) => identities)),
    principals: once(shown.flatMap(({ principals }) => principals)),
  };
}

/** Seats by person: an enterprise repeats a person for every organisation or team that grants the seat. */
function held(told: readonly Seat[]): Seat[][] {
  const byPerson = Map.groupBy(told, ({ assignee }) => assignee?.id ?? null);
  const nobodys = byPerson.get(null) ?? [];
  byPerson.delete(null);
  return [...byPerson.values(), ...nobodys.map((one) => [one])];
}

const first = (texts: readonly (string | null | undefined)[]): string | null => known(texts)[0] ?? null;
const last = (texts: readonly (string | null | undefined)[]): string | null => known(texts).at(-1) ?? null;
const known = (texts: readonly (string | null | undefined)[]): string[] =>
  texts.filter((text) => typeof text === 'string').toSorted();

/** One paid seat out of all that grant it: the dearest plan, the latest use, ended only when every grant ends. */
function seatOf(grants: readonly Seat[], day: string, account: string): SeatRow {
  const plans = known(grants.map(({ plan_type }) => (plan_type === 'unknown' ? null : plan_type)));
  const organizations = new Set(known(grants.map(({ organization }) => organization?.login)));
  const ends = grants.map(({ pending_cancellation_date }) => pending_cancellation_date ?? null);
  const assigned = first(grants.map(({ created_at }) => created_at));
  const ends_on = ends.includes(null) ? null : last(ends);
  return {
    day,
    account_id: account,
    product: 'copilot',
    plan: plans.includes('enterprise') ? 'enterprise' : (plans[0] ?? null),
    principal_id: grants[0]?.assignee?.id ?? null,
    workspace_id: organizations.size === 1 ? ([...organizations][0] ?? null) : null,
    status: ends_on === null ? 'active' : 'ending',
    assigned_at: assigned === null ? null : instant(millis(assigned)),
    ends_on,
    last_active_on: last(grants.map(({ last_activity_at }) => last_activity_at))?.slice(0, 10) ?? null,
  };
}

/** Who holds a Copilot seat today, each person once, and seats that nobody holds. */
export const copilotSeats = defineSource<typeof seats, Page>({
  id: 'copilot_seats',
  vendor: 'copilot',
  title: 'GitHub Copilot seats',
  ...SNAPSHOT,
  table: seats,
  page,
  exact: [],
  ask: ({ window, connection }) =>
    beginsDay(window) ? [question(`${scopeOf(connection).copilot}/billing/seats`, { per_page: '100' })] : [],
  next: ({ asked, page: told, soFar, following, connection }) => {
    const more = onward(asked, following);
    if (more.length > 0) return more;
    // The total counts a person once; so do we. Seats given while we read may make it more, never less.
    const read = held(soFar.flatMap((answer) => answer.page.seats)).length;
    if (read < told.total_seats) {
      throw new Error(
        `${connection.id} counts ${told.total_seats} Copilot seats and gave ${read}; they are asked again`,
      );
    }
    return [];
  },
  disguise,
  rows: (answers: readonly Answer<Page>[], { window, connection }: Asking) =>
    held(answers.flatMap((answer) => answer.page.seats)).map((grants) =>
      seatOf(grants, window.from.slice(0, 10), scopeOf(connection).account),
    ),
  blindSpots:
    'Seats of the past, addresses of the people (only logins), which of several organisations pays for a person, and use by editors whose telemetry is off (https://docs.github.com/en/rest/copilot/copilot-user-management).',
});
