import type { AnyRow, Table } from './table.ts';
import type { BillingPeriod } from './time.ts';

/**
 * The world, as small ports. AWS (functions/lib/platform.ts), a laptop (local/platform) and a test (test/platform)
 * supply them; test/contracts holds one suite a port, run on each supplier.
 */
export interface Platform {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly objects: Objects;
  readonly state: State;
  readonly queue: Queue;
  readonly notify: Notify;
  readonly warehouse: Warehouse;
  readonly codec: Codec;
  readonly crypto: Crypto;
}

/** Time. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Jitter and ids of attempts; never in a key of a fact. */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
}

/** Secrets of connections, and the pseudonym key. */
export interface Secrets {
  /** @throws SecretError with the name and what to do when it is not there; never null, never empty. */
  readonly read: (name: string) => Promise<string>;
}

/** A secret that is not there. */
export class SecretError extends Error {}

/** An object as it stands. */
export interface StoredObject {
  readonly body: AsyncIterable<Uint8Array>;
  readonly etag: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An object in a listing. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
}

/** What must hold for a put to happen. */
export type PutCondition = { readonly match: string } | 'absent' | 'any';

/** The lake's bucket. A put is whole or not at all, also when the body throws half way. */
export interface Objects {
  readonly get: (key: string) => Promise<StoredObject | null>;
  /** Metadata and etag alone. */
  readonly head: (key: string) => Promise<Omit<StoredObject, 'body'> | null>;
  /** In order of key, all of them. */
  readonly list: (prefix: string) => AsyncIterable<ListedObject>;
  /** The new etag, or null when the condition did not hold (nothing is changed then). */
  readonly put: (
    key: string,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    options: { readonly metadata?: Readonly<Record<string, string>>; readonly when: PutCondition },
  ) => Promise<string | null>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
}

/** Address of a state item: a group, and an ordered key in it. */
export interface StateKey {
  readonly group: string;
  readonly key: string;
}

/** A state item: plain JSON data and the version that a change must name. */
export interface StateItem<T = unknown> extends StateKey {
  readonly data: T;
  readonly version: number;
}

/** Small durable state, changed one item at a time. Values are JSON; numbers are counts, never money. */
export interface State {
  readonly get: (at: StateKey) => Promise<StateItem | null>;
  /**
   * Writes if the item's version is still `expected` (null: must not exist). True when written.
   * `expiresAt` (epoch ms) lets the store drop the item later; readers must not rely on the moment.
   */
  readonly update: (
    at: StateKey,
    data: unknown,
    expected: number | null,
    options?: { readonly expiresAt?: number },
  ) => Promise<boolean>;
  readonly remove: (at: StateKey, expected: number) => Promise<boolean>;
  /** Adds to a counter, creating it; answers the new total. */
  readonly add: (at: StateKey, amount: number) => Promise<number>;
  /** Items of a group with from <= key < to, in order of key. */
  readonly range: (group: string, from?: string, to?: string) => AsyncIterable<StateItem>;
}

/** A message: in order within its group, once per deduplication id. */
export interface QueueMessage {
  readonly queue: string;
  readonly group: string;
  readonly id: string;
  readonly body: unknown;
}

/** In place of a queue's address: its messages are done together, and wait in the state until a schedule looks. */
export const INBOX = 'inbox';

/** Work for later. */
export interface Queue {
  readonly send: (messages: readonly QueueMessage[]) => Promise<void>;
}

/** A notification, as the topic carries it. */
export interface Notification {
  /** Unique per incident and version: the receiver drops what it has sent. */
  readonly id: string;
  /** ASCII, one line, at most 100 characters. */
  readonly subject: string;
  readonly body: string;
  /** The same for a reader of mail, and for Amazon Q in chat applications. */
  readonly forms: { readonly mail: string; readonly chat: string };
  readonly attributes: Readonly<Record<string, string>>;
}

/** The topic. */
export interface Notify {
  readonly publish: (notification: Notification) => Promise<void>;
}

/** One row of a query: every cell as text, null for null (decimals exact, days and instants ISO-like). */
export type QueryRow = Readonly<Record<string, string | null>>;

/** The SQL engine over the lake and the catalogue that says where a table's months stand. */
export interface Warehouse {
  /** Rows of a bare select. @throws Error with the engine's own words. */
  readonly rows: (sql: string) => AsyncIterable<QueryRow>;
  /** Writes a select's rows as Parquet under an empty prefix of the lake, sorted where an engine writes one file at a time. */
  readonly unload: (sql: string, prefix: string, sort?: readonly string[]) => Promise<void>;
  /** Where a partition points; null when it does not exist. */
  readonly partition: (table: string, period: BillingPeriod) => Promise<string | null>;
  /** Makes partitions exist, or point elsewhere; atomic for readers, each. */
  readonly point: (table: string, partitions: ReadonlyMap<BillingPeriod, string>) => Promise<void>;
  /** All partitions of a table. */
  readonly partitions: (table: string) => Promise<ReadonlyMap<BillingPeriod, string>>;
  /** Creates or replaces a view. */
  readonly view: (name: string, sql: string) => Promise<void>;
}

/** Bytes in and out. */
export interface Codec {
  /** Rows (or a stream of handfuls of them) to Parquet as a stream: zstd, row groups cut by row count, sorting columns named, no clock inside. */
  readonly writeParquet: (
    table: Table,
    rows: Iterable<AnyRow> | AsyncIterable<Iterable<AnyRow>>,
  ) => AsyncIterable<Uint8Array>;
  /** Parquet back to rows, decimals, days and instants as text. */
  readonly readParquet: (table: Table, body: AsyncIterable<Uint8Array>) => Promise<AnyRow[]>;
  /** Lines of text, each ended by a line feed, packed. */
  readonly packLines: (lines: Iterable<string>) => AsyncIterable<Uint8Array>;
  /** The lines again, one at a time: what is unpacked is never held whole. @throws Error when they are damaged or cut off. */
  readonly lines: (packed: AsyncIterable<Uint8Array>) => AsyncIterable<string>;
}

/** Keyed hashes, whose key stays with the supplier, and signatures. */
export interface Crypto {
  /** HMAC-SHA-256 of a text under the lake's pseudonym key, 32 hex digits. */
  readonly pseudonym: (text: string) => string;
  /** SHA-256, hex. */
  readonly digest: (of: string | Uint8Array) => string;
  /** RS256 signature (RSA PKCS #1 v1.5 with SHA-256) of a text by a private key in PEM, base64url. @throws Error without a word of the key. */
  readonly sign: (text: string, privateKey: string) => string;
}
