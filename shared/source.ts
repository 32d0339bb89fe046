import type * as z from 'zod';
import type { Platform } from './platform.ts';
import type { Pseudonyms } from './pseudonym.ts';
import type { Row, Table } from './table.ts';
import type { identities } from './tables/identities.ts';
import type { principals } from './tables/principals.ts';
import type { Day, Instant } from './time.ts';

/** Who answers: its address, sign-in, errors and rate limit. */
export interface Vendor {
  readonly id: string;
  readonly title: string;
  /** Its own address; null: it runs at an address of the company's own, which the connection must give. */
  readonly baseUrl: string | null;
  /** Headers that sign a request in. May ask for a token (then cached by the loop for one run). */
  readonly signIn: (
    ports: Pick<Platform, 'fetch' | 'clock' | 'crypto'>,
    secret: string,
    baseUrl: string,
  ) => Promise<Record<string, string>>;
  /** The weakest credential that serves, for --help, doctor and the README. */
  readonly credential: string;
  /** Requests a minute that the loop keeps below, per connection. */
  readonly requestsPerMinute: number;
  /** An error body in the vendor's own words, for our sentence; null when it is not of the documented shape. */
  readonly errorMessage: (body: string) => string | null;
  /** The status that an answer really stands for, where the vendor says it elsewhere (GraphQL's 200, a limit told as 403); null: its own. */
  readonly disguised?: (body: string, status: number) => number | null;
  /** Hosts, whole names, to which the vendor's signed links may lead; absent: it has none. */
  readonly linkHosts?: readonly RegExp[];
  /** A cheap request that proves the key works and says which organisation it is (doctor). */
  readonly whoAmI?: (baseUrl: string) => Ask;
}

/** A vendor as this company has it. */
export interface Connection {
  /** `<vendor>.<alias>`, e.g. anthropic.main. */
  readonly id: string;
  readonly vendor: string;
  readonly baseUrl: string;
  /** Name of its secret. */
  readonly secret: string;
  /** Billing account, where the vendor's answers do not name it. */
  readonly accountId: string | null;
  /** What a vendor needs to know besides, e.g. the GitHub organisation. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A span of time: `from` inclusive, `to` exclusive, instants. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** One question: plain data, so that it can be compared, stored and asked again. */
export interface Ask {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** JSON body of a POST. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the question is about, for `next` and `rows`: the cut, the endpoint, the filter. Never sent. */
  readonly about?: Readonly<Record<string, string>>;
  /** How the answer is written: a JSON value (absent), lines of JSON (the page is `{ lines }`), or CSV (`{ lines }` of cells by column). */
  readonly written?: 'lines' | 'csv';
  /** A link that carries its own right: asked without the sign-in, at one of the vendor's `linkHosts`. */
  readonly isSignedLink?: boolean;
  /** The last segment of its path is the id of a person: it is neither kept nor told in a message. Who is meant stands in `about`, as a pseudonym. */
  readonly namesPerson?: boolean;
  /** Seconds to wait first, for what the vendor is still making: such a question may be asked again and again. */
  readonly afterSeconds?: number;
}

/** Where a question is asked, for whoever keeps or tells it: a query may hold ids of people, and so may a path's end. */
export const placeOf = ({ url, namesPerson }: Pick<Ask, 'url' | 'namesPerson'>): string =>
  url.replace(namesPerson === true ? /[^/]*(\?.*)?$/s : /\?.*$/s, '');

/** A question and its parsed answer. */
export interface Answer<Page> {
  readonly asked: Ask;
  readonly page: Page;
}

/** Where a source is asked. */
export interface Asking {
  readonly window: Window;
  readonly connection: Connection;
}

/** What a page gives up at the door: the page without names, and the names, which go to `identities` only. */
export interface Disguised<Page> {
  readonly page: Page;
  readonly identities: readonly Identity[];
  /** Principals that the page names (ids met in usage), for `principals`. */
  readonly principals?: readonly Principal[];
}

/** A name, less what the loop fills in. */
export type Identity = Omit<Row<typeof identities>, 'source' | 'connection_id'>;
/** A directory entry, less what the loop fills in. */
export type Principal = Omit<Row<typeof principals>, 'source' | 'connection_id' | 'provider' | 'day'>;

/** Takes in a window's answers one after another, then says what they mean together. */
export interface Tally<Page, R> {
  readonly take: (answer: Answer<Page>) => void;
  readonly rows: () => Iterable<R>;
}

/** What the loop fills in for every row. */
export type Stamped = 'source' | 'connection_id' | 'provider';
/** A row as a source says it. */
export type SourceRow<T extends Table> = Omit<Row<T>, Stamped>;

/**
 * One family of endpoints that fills one table. A description: no I/O, all functions pure.
 * A `period` may be asked about the past; a `snapshot` only says how things are now.
 */
export interface Source<T extends Table = Table, Page = unknown> {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  readonly kind: 'period' | 'snapshot';
  readonly table: T;
  /** Days after which a day is asked again, `close` for the month's close; the vendor's page that says why. */
  readonly settles: readonly (number | 'close')[];
  /** How far behind now the vendor's answers are whole, in hours, when they bring no stamp; how late at the worst. */
  readonly lag: { readonly usualHours: number; readonly worstHours: number };
  /** How many days one question may cover in a backfill (1: a day at a time). */
  readonly span: number;
  /** Oldest day that can be asked, in days before now; null: no limit told. */
  readonly reach: number | null;
  /** Whether a connection is asked at all, by its settings, for what not every customer of the vendor has; absent: always. */
  readonly wanted?: (connection: Connection) => boolean;
  /** What the answers look like (null: 204, there is nothing): an allow-list. Unknown fields pass and are not kept; missing ones fail by name. */
  readonly page: z.ZodType<Page>;
  /** Names of JSON members that hold money or quantities: quoted before parsing, so the schema sees text. */
  readonly exact: readonly string[];
  readonly ask: (asking: Asking) => readonly Ask[];
  /** Whether an answer says that its window holds more than fits into memory: it is then asked in smaller ones, down to the hour. */
  readonly isTooMuch?: (page: Page) => boolean;
  /** What to ask after this answer, as it came (names and all), knowing this window's answers so far (this one included, last, names gone). */
  readonly next: (
    answer: Answer<Page> &
      Asking & {
        readonly soFar: readonly Answer<Page>[];
        /** Where the answer's `Link` header says that it goes on; null or absent: nowhere. */
        readonly following?: string | null;
      },
  ) => readonly Ask[];
  /** Another way for a refusal that the vendor documents; null: it is a refusal. */
  readonly refused?: (
    refusal: Asking & { readonly asked: Ask; readonly status: number; readonly body: string },
  ) => readonly Ask[] | null;
  /** Takes names out of a page before anything is stored. Required of every page that can name a person. */
  readonly disguise?: (page: Page, names: Pseudonyms, connection: Connection) => Disguised<Page>;
  /** What a window's answers mean. Each row's `day` lies in the window. */
  readonly rows: (answers: readonly Answer<Page>[], asking: Asking) => Iterable<SourceRow<T>>;
  /** The same told one answer at a time, where a window is too large to be held; absent: windows are held whole. */
  readonly tally?: (asking: Asking) => Tally<Page, SourceRow<T>>;
  /** The vendor's own stamp of completeness in a window's answers; null: none. */
  readonly completeThrough?: (answers: readonly Answer<Page>[]) => Instant | null;
  /** What is to be known although all is well, in a sentence for the day's status, by which questions were answered; null: nothing. */
  readonly note?: (answered: readonly Ask[], asking: Asking) => string | null;
  /** A cheap way to see that settled days are as they were; absent: they are fetched again. */
  readonly probe?: AnyProbe;
  /** What this source never shows, for the README, with the page that says so. */
  readonly blindSpots: string;
}

/** A line of a day's figure: whatever of it changes, the day is fetched again. */
export interface Reading {
  readonly day: Day;
  readonly figure: string;
}

/**
 * Few questions whose answers differ when a settled day has moved; one window covers a whole run of days, and a day of
 * which nothing is told gives no reading. No answer of it is kept, and none may name a person. What it cannot see
 * (money that moved between keys with the same total) waits for the month's close, when each day is fetched in full.
 */
export interface Probe<Page = unknown> extends Pick<Source<Table, Page>, 'page' | 'ask' | 'next' | 'completeThrough'> {
  readonly readings: (answers: readonly Answer<Page>[], asking: Asking) => Iterable<Reading>;
}

/** A probe whose page type no longer matters. */
export type AnyProbe = Omit<Probe<never>, 'page'> & { readonly page: z.ZodType };

/** Describes a probe; infers its page from the schema. */
export const defineProbe = <Page>(probe: Probe<Page>): AnyProbe => probe;

/** A source whose page type no longer matters: any source is one, and none of its functions can be given a page by mistake. */
export type AnySource = Omit<Source<Table, never>, 'page' | 'disguise' | 'isTooMuch'> & {
  readonly page: z.ZodType;
  readonly disguise?: (page: never, names: Pseudonyms, connection: Connection) => Disguised<unknown>;
  readonly isTooMuch?: (page: never) => boolean;
};

/** What every snapshot has in common: asked once on its own day, never about the past, and true as it is told. */
export const SNAPSHOT = {
  kind: 'snapshot',
  settles: [0],
  lag: { usualHours: 0, worstHours: 0 },
  span: 1,
  reach: 0,
} as const satisfies Pick<Source, 'kind' | 'settles' | 'lag' | 'span' | 'reach'>;

/** What a tally says of answers that are all there. */
export const tallied =
  <Page, R>(tally: (asking: Asking) => Tally<Page, R>) =>
  (answers: readonly Answer<Page>[], asking: Asking): Iterable<R> => {
    const { take, rows } = tally(asking);
    for (const answer of answers) take(answer);
    return rows();
  };

/** Describes a source; infers its page from the schema. */
export function defineSource<T extends Table, Page>(source: Source<T, Page>): Source<T, Page> {
  return source;
}

/** Whether a source is asked of a connection. */
export const isWanted = (source: Pick<AnySource, 'vendor' | 'wanted'>, connection: Connection): boolean =>
  source.vendor === connection.vendor && (source.wanted?.(connection) ?? true);

/** The unit of work: a source and connection, and a run of days (one day, except in a backfill). */
export interface CollectMessage {
  readonly source: string;
  readonly connection: string;
  readonly from: Day;
  /** Exclusive. */
  readonly to: Day;
  /** When it was due: the generation of the answer. */
  readonly due: Instant;
  readonly mode: 'live' | 'backfill';
  /** How finely to ask. */
  readonly window: 'hour' | 'day' | 'run';
  /** Raised by a run that hands its rest on. */
  readonly part: number;
  /** Overrules the guard against shrinking. */
  readonly force: boolean;
  /** Settled days of this run that a probe looks at first; only what moved is then fetched. Absent: all days are fetched. */
  readonly probed?: readonly Day[];
}
