import type * as z from 'zod';
import { unscaled } from '../../money.ts';
import { type Answer, type Ask, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { either, has } from '../either.ts';
import { beginsDay } from '../paging.ts';
import {
  ACUS,
  type Consumption,
  consumption,
  consumptionAsked,
  isAboutUse,
  lackIn,
  PLACES,
  type Used,
  usedIn,
} from './consumption.ts';
import { disguiseMembers, type Member, type MemberPage, memberPage, membersAfter, membersAsked } from './members.ts';

type Page = Consumption | MemberPage;

const page: z.ZodType<Page> = either<Page>((value) => (has(value, 'items') ? memberPage : consumption));

const memberOf = ({ asked }: Answer<Page>): string | null => asked.about?.member ?? null;

const idOf = (member: Member): string => ('service_user_id' in member ? member.service_user_id : member.user_id);

/** Questions what each member of a page used; `clean` is the page without names, `known` members asked for before. */
function membersUse(asking: Asking, told: MemberPage, clean: MemberPage, known: ReadonlySet<string>): Ask[] {
  return told.items.flatMap((member, i): Ask[] => {
    const shown = clean.items[i];
    if (shown === undefined || known.has(idOf(shown))) return [];
    const about = { member: idOf(shown) };
    const path = `${'service_user_id' in member ? '/service-users' : '/users'}/${encodeURIComponent(idOf(member))}`;
    return [consumptionAsked(asking, path, { about, namesPerson: true })];
  });
}

const membersIn = (answers: readonly Answer<Page>[]): string[] =>
  answers.flatMap(({ page: told }) => ('items' in told ? told.items.map(idOf) : []));

/** What the members lack in some answers. */
const lacking = (answers: readonly Answer<Page>[], asking: Asking): readonly Used[] =>
  lackIn(
    answers
      .filter(isAboutUse)
      .map((answer) => ({ isWhole: memberOf(answer) === null, used: usedIn(answer.page, asking) })),
  );

function* lines(answers: readonly Answer<Page>[], asking: Asking): Generator<SourceRow<typeof usage>> {
  const row = ({ day, product, acus }: Used, member: string | null): SourceRow<typeof usage> => ({
    day,
    hour_at: null,
    account_id: asking.connection.accountId,
    workspace_id: null,
    credential_id: null,
    principal_id: member,
    product,
    session_id: null,
    model: null,
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    meter: 'agent_compute_units',
    quantity: unscaled(acus, PLACES),
    claimed_cost: null,
    claim: null,
    cut: member === null ? 'rest' : 'part',
  });
  for (const answer of answers.filter(isAboutUse)) {
    const member = memberOf(answer);
    if (member !== null) for (const used of usedIn(answer.page, asking)) yield row(used, member);
  }
  for (const lack of lacking(answers, asking)) {
    if (lack.acus < 0n)
      throw new Error(
        `devin_usage: on ${lack.day} the members hold more of ${lack.product ?? 'no product'} than the whole enterprise; nothing of it is stored`,
      );
    yield row(lack, null);
  }
}

/** Who used how many ACUs, by the day and product; a contract says what one costs. */
export const devinUsage = defineSource<typeof usage, Page>({
  id: 'devin_usage',
  vendor: 'devin',
  title: 'Devin consumption',
  kind: 'period',
  table: usage,
  // A day ends at 08:00 UTC of the next; no finality is told: https://docs.devin.ai/api-reference/v3/consumption/consumption-daily
  settles: [1, 2, 3, 7, 14, 'close'],
  lag: { usualHours: 12, worstHours: 48 },
  span: 31,
  reach: null,
  page,
  exact: ACUS,
  // The whole comes last: what was used meanwhile is then lacking in the members, never too much in them.
  ask: (asking) =>
    beginsDay(asking.window) ? [...membersAsked(asking.connection.baseUrl), consumptionAsked(asking, '')] : [],
  next: ({ asked, page: told, soFar, window, connection }) => {
    const asking = { window, connection };
    const clean = soFar.at(-1)?.page;
    if ('items' in told && clean !== undefined && 'items' in clean)
      return [...membersUse(asking, told, clean, new Set(membersIn(soFar.slice(0, -1)))), ...membersAfter(asked, told)];
    const isLast = asked.about === undefined;
    // Members that hold more than the whole: one of the answers was short. The loop begins a window anew that is sent back.
    return isLast && lacking(soFar, asking).some(({ acus }) => acus < 0n)
      ? membersAsked(connection.baseUrl).slice(0, 1)
      : [];
  },
  // A key that may not list members still reads the whole; a member may go while others are read: their use is in the rest.
  refused: ({ asked, status }) =>
    asked.about !== undefined && (status === 404 || (status === 403 && asked.about.list !== undefined)) ? [] : null,
  disguise: (told, names) => ('items' in told ? disguiseMembers(told, names) : { page: told, identities: [] }),
  rows: lines,
  note: (answered) =>
    answered.some(({ about }) => about?.list === 'users')
      ? null
      : 'consumption is told for the whole enterprise and for nobody by name: give the role of the key ViewAccountMembership',
  probe: defineProbe<Consumption>({
    page: consumption,
    ask: (asking) => [consumptionAsked(asking, '')],
    next: () => [],
    readings: (answers, asking) =>
      answers.flatMap(({ page: told }) =>
        [...usedIn(told, asking)].map(({ day, product, acus }) => ({
          day,
          figure: JSON.stringify([product, unscaled(acus, PLACES)]),
        })),
      ),
  }),
  blindSpots:
    "Dollars (a contract of kind credit_price gives what an ACU of a product costs), sessions, models, who of several organisations used it, and UTC days: a day is the vendor's, from 08:00 UTC to 08:00 UTC (https://docs.devin.ai/api-reference/v3/consumption/consumption-daily).",
});
