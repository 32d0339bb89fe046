import { type Detector, KEPT_DAYS, type Scope } from '../detector.ts';
import { type IncidentBook, loadIncidents } from '../incidents/book.ts';
import type { Platform } from '../platform.ts';
import { addDays, type Day, days as daysFrom, type Instant, instant } from '../time.ts';
import { type Calendar, calendar, completeThrough } from './calendar.ts';
import { expectedEvents } from './expected.ts';
import { knownDays, type ScopeRow, scopeRows, whoIsWho } from './rows.ts';
import { type Book, loadBook } from './series.ts';

/** Incidents further back than this are done with. */
const LOOK_BACK = 120;

/** Who is who, as of the newest day. */
interface People {
  readonly teamOwner: (team: string) => string | null;
  readonly startedOn: (person: string) => Day | null;
  readonly keyOwner: (key: string) => string | null;
  /** Whether a key carries what people do: then their series hold what it costs. */
  readonly isPersonal: (key: string) => boolean;
}

/** All that a run of one detector knows: read once, then only changed in memory. */
export interface Scene {
  readonly detector: Detector;
  readonly rows: ReadonlyMap<Day, readonly ScopeRow[]>;
  readonly book: Book;
  readonly incidents: IncidentBook;
  readonly calendar: Calendar;
  readonly people: People;
  readonly completeThrough: (connections: ReadonlySet<string>) => Instant | null;
  readonly idOf: (scope: Scope, day: Day) => string;
}

/** Reads a scene for these days, which are in order. */
export async function loadScene(
  platform: Pick<Platform, 'state'> & { readonly warehouse: Pick<Platform['warehouse'], 'rows'> },
  detector: Detector,
  asked: readonly [Day, ...Day[]],
  idOf: Scene['idOf'],
): Promise<Scene> {
  const first = addDays(asked[0], -KEPT_DAYS);
  const last = asked.at(-1) ?? asked[0];
  const span = [...daysFrom(first, addDays(last, 1))];
  const rows = await scopeRows(platform, detector.feed, asked);
  const { events: planned, readings: read } = await knownDays(platform, span, first, last);
  const known = new Map((await whoIsWho(platform, asked, last)).map((one) => [`${one.kind} ${one.id}`, one]));
  const events = [...planned, ...(await expectedEvents(platform))];
  return {
    detector,
    rows,
    book: await loadBook(platform, detector.feed.view),
    incidents: await loadIncidents(platform, addDays(asked[0], -LOOK_BACK)),
    calendar: calendar(events, read, (team) => known.get(`team ${team}`)?.path ?? team),
    people: {
      teamOwner: (team) => known.get(`team ${team}`)?.owner_id ?? null,
      startedOn: (person) => known.get(`person ${person}`)?.started_on ?? null,
      keyOwner: (key) => known.get(`credential ${key}`)?.owner_id ?? null,
      isPersonal: (key) => known.has(`personal_key ${key}`),
    },
    completeThrough: (connections) => {
      const ms = completeThrough(read, connections);
      return ms === null ? null : instant(ms);
    },
    idOf,
  };
}
