import { type Collected, collect } from '../shared/collect.ts';
import { toMessage } from '../shared/plan/runs.ts';
import type { Platform, QueueMessage } from '../shared/platform.ts';
import type { AnySource, CollectMessage, Connection, Vendor } from '../shared/source.ts';
import { type Day, daysBetween } from '../shared/time.ts';
import { type DeadLetter, memoryQueue } from './platform/queue.ts';

/** How far a source and connection is. */
export interface Progress {
  readonly source: string;
  readonly connection: string;
  daysDone: number;
  daysAll: number;
  rows: number;
  requests: number;
  retries: number;
  /** A word on what stands in the way; null: nothing. */
  trouble: string | null;
  startedAt: number;
  endedAt: number | null;
}

/** A source and connection that could not be read, in a sentence. */
export interface Failure {
  readonly source: string;
  readonly connection: string;
  readonly from: Day;
  readonly to: Day;
  readonly says: string;
}

/** What came of collecting. */
export interface CollectedAll {
  readonly days: readonly (Collected['days'][number] & { readonly source: string; readonly message: string | null })[];
  /** Days whose facts changed, and how: only what is live may raise an alert. */
  readonly changed: ReadonlyMap<Day, 'live' | 'backfill'>;
  readonly failures: readonly Failure[];
  readonly progress: readonly Progress[];
}

/** What collecting needs. */
export interface CollectingParts {
  readonly sources: readonly AnySource[];
  readonly vendors: readonly Vendor[];
  readonly connections: readonly Connection[];
  readonly timeoutMs: number;
  readonly onProgress: (progress: Progress) => void;
}

/** The queue of a laptop, with collectors behind it and a list of what they changed. */
export function collectors(
  parts: CollectingParts,
  platformOf: () => Platform,
): ReturnType<typeof memoryQueue> & {
  readonly begin: (messages: readonly CollectMessage[]) => void;
  readonly result: (dead: readonly DeadLetter[]) => CollectedAll;
} {
  const changed = new Map<Day, 'live' | 'backfill'>();
  const told: CollectedAll['days'][number][] = [];
  const progress = new Map<string, Progress>();
  const of = ({ source, connection }: Pick<CollectMessage, 'source' | 'connection'>): Progress => {
    const id = `${source} ${connection}`;
    const known = progress.get(id) ?? {
      source,
      connection,
      daysDone: 0,
      daysAll: 0,
      rows: 0,
      requests: 0,
      retries: 0,
      trouble: null,
      startedAt: Date.now(),
      endedAt: null,
    };
    progress.set(id, known);
    return known;
  };
  const handle = async ({ body }: QueueMessage): Promise<void> => {
    // The queue is this process's own, and holds what plan put there.
    const message = body as CollectMessage;
    const source = parts.sources.find(({ id }) => id === message.source);
    const connection = parts.connections.find(({ id }) => id === message.connection);
    const vendor = parts.vendors.find(({ id }) => id === connection?.vendor);
    if (source === undefined || connection === undefined || vendor === undefined)
      throw new Error(`${message.source} of ${message.connection} is not known`);
    const now = of(message);
    try {
      const done = await collect(platformOf(), message, {
        source,
        vendor,
        connection,
        deadline: Number.POSITIVE_INFINITY,
        timeoutMs: parts.timeoutMs,
      });
      for (const day of done.days)
        told.push({
          ...day,
          source: source.id,
          message: day.outcome === 'shrunken' ? 'what stands is kept; look at the vendor, then --force' : null,
        });
      now.daysDone +=
        message.probed !== undefined ? done.days.length : done.finished ? daysBetween(message.from, message.to) : 0;
      now.rows += done.days.reduce((sum, { rows }) => sum + rows, 0);
      now.requests += done.requests;
      now.retries += done.retries;
      now.trouble = null;
    } catch (error) {
      now.trouble = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      if (now.daysDone >= now.daysAll) now.endedAt = Date.now();
      parts.onProgress(now);
    }
  };
  const queue = memoryQueue({
    'collect.*': handle,
    materialise: async ({ body }) => {
      const { days: of, mode } = body as { days: Day[]; mode: 'live' | 'backfill' };
      for (const day of of) changed.set(day, changed.get(day) === 'live' ? 'live' : mode);
    },
  });
  return {
    ...queue,
    begin: (messages) => {
      for (const message of messages)
        of(message).daysAll += message.probed?.length ?? daysBetween(message.from, message.to);
      for (const one of progress.values()) parts.onProgress(one);
    },
    result: (dead) => ({
      changed,
      days: told,
      progress: [...progress.values()],
      failures: dead.map(({ message, error }) => {
        const { source, connection, from, to } = message.body as CollectMessage;
        return { source, connection, from, to, says: error instanceof Error ? error.message : String(error) };
      }),
    }),
  };
}

/**
 * Asks questions, all sources side by side; those of one connection in order, or in so many `lanes`, so that one is
 * worked on while another is waited for.
 */
export async function collectMessages(
  platform: Platform,
  queue: ReturnType<typeof collectors>,
  messages: readonly CollectMessage[],
  lanes = 1,
): Promise<CollectedAll> {
  queue.begin(messages);
  await platform.queue.send(
    messages.map(toMessage).map((message, i) => ({ ...message, group: `${message.group}.${i % lanes}` })),
  );
  return queue.result(await queue.drain());
}
