import { type Ask, type Connection, defineSource, type Window } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { millis } from '../../time.ts';
import { disguiseEvents, type EventPage, eventPage } from './event.ts';
import { eventHours } from './event-hours.ts';
import { numbered, turn } from './question.ts';

const EVENTS = '/teams/filtered-usage-events';
/** Most events on a page: https://cursor.com/docs/account/teams/admin-api */
const PAGE_SIZE = 1000;

const question = (connection: Connection, { from, to }: Window, page: number, pageSize = PAGE_SIZE): Ask =>
  numbered(connection, EVENTS, { startDate: millis(from), endDate: millis(to), pageSize }, page);

/** The cheapest question about a window: one event and the count of all. Equal counts are probably the same events. */
export const countQuestion = (connection: Connection, window: Window): Ask => question(connection, window, 1, 1);

/** How many events an answer to `countQuestion`, or any page, tells of. */
export const countIn = (page: Pick<EventPage, 'totalUsageEventsCount'>): number => page.totalUsageEventsCount;

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
  rows: eventHours,
  blindSpots:
    'Seat fees, taxes, how long a cache write lives, and events older than the vendor keeps, whose answer is empty like that of a quiet day (https://cursor.com/docs/account/teams/admin-api).',
});
