import * as z from 'zod';
import { type Ask, type Connection, defineProbe, defineSource, tallied, type Window } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { DAY, dayOf, days, instant, millis, startOf } from '../../time.ts';
import { disguiseEvents, type EventPage, eventPage } from './event.ts';
import { eventHours } from './event-hours.ts';
import { numbered, turn } from './question.ts';

const EVENTS = '/teams/filtered-usage-events';
/** Most events on a page: https://cursor.com/docs/account/teams/admin-api */
const PAGE_SIZE = 1000;
/** Events that a window may have, since it is held whole. */
const MOST_EVENTS = 50_000;

const question = (connection: Connection, { from, to }: Window, page: number, pageSize = PAGE_SIZE): Ask =>
  numbered(connection, EVENTS, { startDate: millis(from), endDate: millis(to), pageSize }, page);

/** How many events there are, as any page of them tells. */
const counted = z.object({ totalUsageEventsCount: eventPage.shape.totalUsageEventsCount });

/**
 * The count of each day, by a page of one event that is not looked at. The table of daily activity would tell a month in one
 * question, but it leaves out people who have events, and is as long as the team is large.
 */
const probe = defineProbe<z.infer<typeof counted>>({
  page: counted,
  ask: ({ window, connection }) =>
    [...days(dayOf(millis(window.from)), dayOf(millis(window.to)))].map((day) => {
      const ofDay = { from: instant(startOf(day)), to: instant(startOf(day) + DAY) };
      const asked = question(connection, ofDay, 1, 1);
      return { ...asked, about: { ...asked.about, day } };
    }),
  next: () => [],
  readings: (answers) =>
    answers.flatMap(({ asked, page: { totalUsageEventsCount: count } }) =>
      count === 0 ? [] : [{ day: asked.about?.day ?? '', figure: String(count) }],
    ),
});

/**
 * Who used what, by the hour, out of single events, and what each cost: the events are Cursor's ledger of use.
 * They have no ids and two equal ones are two, so that a window is only ever read whole and its day replaced.
 */
export const cursorUsage = defineSource<typeof usage, EventPage>({
  id: 'cursor_usage',
  vendor: 'cursor',
  title: 'Cursor usage events',
  kind: 'period',
  table: usage,
  // Aggregated hourly, and seen half a day late: https://github.com/robinebers/openusage/issues/758
  settles: [0, 1, 2, 3, 7, 14, 'close'],
  lag: { usualHours: 2, worstHours: 24 },
  span: 30,
  reach: null,
  page: eventPage,
  exact: ['requestsCosts', 'chargedCents'],
  ask: ({ window, connection }) => [question(connection, window, 1)],
  isTooMuch: ({ totalUsageEventsCount }) => totalUsageEventsCount > MOST_EVENTS,
  next: ({ asked, window, connection, soFar }) =>
    turn(
      asked,
      soFar,
      ({ totalUsageEventsCount: total, usageEvents, pagination }) => ({
        total,
        held: usageEvents.length,
        hasMore: pagination.hasNextPage,
        number: pagination.currentPage,
      }),
      (page) => question(connection, window, page),
    ),
  disguise: disguiseEvents,
  rows: tallied(eventHours),
  tally: eventHours,
  probe,
  blindSpots:
    'Seat fees, taxes, how long a cache write lives, and events older than the vendor keeps, whose answer is empty like that of a quiet day (https://cursor.com/docs/account/teams/admin-api).',
});
