import * as z from 'zod';
import { scaled, unscaled } from '../../money.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Connection,
  defineSource,
  SNAPSHOT,
  type SourceRow,
} from '../../source.ts';
import { limits } from '../../tables/limits.ts';
import { beginsDay } from '../paging.ts';
import { CENT_PLACES, dollars, rounded } from './exact.ts';
import { disguisePerson, person } from './member.ts';
import { numbered, turn } from './question.ts';

const amount = z.string().nullish();

/** Spending of the cycle that runs, cents; limits in whole dollars: https://cursor.com/docs/account/teams/admin-api */
const spending = z
  .object({
    userId: person.shape.id.exactOptional(),
    id: person.shape.id.exactOptional(),
    name: person.shape.name,
    email: person.shape.email,
    spendCents: amount,
    overallSpendCents: amount,
    includedSpendCents: amount,
    fastPremiumRequests: amount,
    hardLimitOverrideDollars: amount,
    monthlyLimitDollars: amount,
    effectivePerUserLimitDollars: amount,
  })
  .refine(({ userId, id, email }) => (userId ?? id ?? email ?? '') !== '', { path: ['userId'], error: 'is missing' })
  // Older answers name the person by the address alone.
  .transform(({ userId, id, ...told }) => ({ ...told, id: userId ?? id ?? told.email ?? '' }));

const page = z.object({
  teamMemberSpend: z.array(spending),
  totalMembers: z.int().nonnegative(),
  totalPages: z.int().nonnegative(),
});

type Page = z.infer<typeof page>;
type Spending = z.infer<typeof spending>;
type LimitRow = SourceRow<typeof limits>;

const PAGE_SIZE = 100;

/** In the order of people, which spending does not change. */
const question = (connection: Connection, at: number): Ask =>
  numbered(connection, '/teams/spend', { sortBy: 'user', sortDirection: 'asc', pageSize: PAGE_SIZE }, at);

const cents = (told: string | null | undefined): bigint => rounded(told ?? '0', CENT_PLACES);

/** On-demand and included use, apart: older answers hold both in `spendCents`, and say how much of it was included. */
function usedBy(told: Spending): { onDemand: bigint; included: bigint } {
  const spent = cents(told.spendCents);
  if (typeof told.includedSpendCents === 'string') {
    const included = cents(told.includedSpendCents);
    return { onDemand: spent - included, included };
  }
  const overall = typeof told.overallSpendCents === 'string' ? cents(told.overallSpendCents) : spent;
  return { onDemand: spent, included: overall - spent };
}

/** The limit that holds: the vendor's word, else the override (0: none), else the monthly one; null: none. */
function limitOf(told: Spending): string | null {
  if (typeof told.effectivePerUserLimitDollars === 'string') return told.effectivePerUserLimitDollars;
  const override = told.hardLimitOverrideDollars ?? '0';
  return scaled(override, 2) > 0n ? override : (told.monthlyLimitDollars ?? null);
}

function* limitsOf(told: Spending, day: string): Generator<LimitRow> {
  const { onDemand, included } = usedBy(told);
  const requests = scaled(told.fastPremiumRequests ?? '0', 6);
  const scope = { day, scope_kind: 'person', scope_id: told.id, period: 'cycle' } as const;
  yield {
    ...scope,
    kind: 'spend_limit',
    amount: limitOf(told),
    used_amount: dollars(onDemand),
    unit: 'USD',
    enforced: 'yes',
  };
  // A plan counts what it includes in dollars or in requests; how much it includes is not told.
  const pool = { ...scope, kind: 'included_pool', amount: null, enforced: 'unknown' } as const;
  if (included !== 0n) yield { ...pool, used_amount: dollars(included), unit: 'USD' };
  else if (requests !== 0n) yield { ...pool, used_amount: unscaled(requests, 6), unit: 'premium_requests' };
}

/** What each member may spend beyond the plan, and has spent and used so far in the billing cycle (which is no month). */
export const cursorLimits = defineSource<typeof limits, Page>({
  id: 'cursor_limits',
  vendor: 'cursor',
  title: 'Cursor spend limits',
  ...SNAPSHOT,
  table: limits,
  page,
  exact: [
    'spendCents',
    'overallSpendCents',
    'includedSpendCents',
    'fastPremiumRequests',
    'hardLimitOverrideDollars',
    'monthlyLimitDollars',
    'effectivePerUserLimitDollars',
  ],
  ask: ({ window, connection }) => (beginsDay(window) ? [question(connection, 1)] : []),
  next: ({ asked, connection, soFar }) =>
    turn(
      asked,
      soFar,
      ({ totalMembers, totalPages, teamMemberSpend }) => ({
        total: totalMembers,
        held: teamMemberSpend.length,
        hasMore: Number(asked.about?.page ?? 1) < totalPages,
        number: null,
      }),
      (at) => question(connection, at),
    ),
  disguise: (told, names) => {
    const clean = told.teamMemberSpend.map((one) => disguisePerson(one, names));
    return {
      page: { ...told, teamMemberSpend: clean.map((one) => one.page) },
      identities: clean.flatMap(({ identities }) => identities),
    };
  },
  rows: (answers: readonly Answer<Page>[], { window }: Asking) =>
    answers.flatMap(({ page: told }) =>
      told.teamMemberSpend.flatMap((one) => [...limitsOf(one, window.from.slice(0, 10))]),
    ),
  blindSpots:
    'How much a plan includes, the limit of the team as a whole, seat fees, and any cycle but the one that runs (https://cursor.com/docs/account/teams/admin-api).',
});
