import { Worker } from 'node:worker_threads';
import type { CollectMessage, Connection } from '../shared/source.ts';
import { type Day, daysBetween } from '../shared/time.ts';
import type { CollectedAll, Progress } from './collecting.ts';

/** Where threads collect; plain data, so that it can cross. */
export interface Shared {
  readonly root: string;
  readonly connections: readonly Connection[];
  readonly keys: Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  readonly timeoutMs: number;
  readonly pseudonymKey: string;
}

/** All messages of one source and connection. */
export type Share = readonly CollectMessage[];

/** What a thread is asked: first where it is, then one share after the other. */
export type Asked = { readonly shared: Shared } | { readonly share: Share };

/** What a thread tells. */
export type Told = { readonly progress: Progress } | { readonly collected: CollectedAll } | { readonly error: unknown };

/** Threads: the simulated vendors take one of two cores half the time, so a third would only wait. */
const THREADS = 2;
/** Shares a thread has in hand: while one waits for its vendor, another is worked on. */
const IN_HAND = 2;
/**
 * Room for what is new, in megabytes: pages and rows of a day live until it is stored, and in the room that V8 begins with
 * they would be copied again and again.
 */
const YOUNG = 64;

/**
 * Threads that collect, of use only where vendors answer as fast as loopback does: there the processor is what is waited
 * for. They load while their lake is prepared.
 */
export interface Threads {
  /**
   * Each takes one source and connection after the other: no two write the same object. What they share, a vendor's
   * requests a minute, is counted by version.
   */
  readonly collect: (
    shared: Shared,
    messages: readonly CollectMessage[],
    onProgress: (progress: Progress) => void,
  ) => Promise<CollectedAll>;
  readonly stop: () => Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** Rejects when the thread fails or ends by itself. */
  readonly lost: Promise<never>;
}

/** Starts threads. */
export function startThreads(): Threads {
  const threads = Array.from({ length: THREADS }, startThread);
  return {
    collect: async (shared, messages, onProgress) => {
      // The longest first, so that no thread is left alone with it.
      const waiting: Share[] = [
        ...Map.groupBy(messages, ({ source, connection }) => `${source} ${connection}`).values(),
      ].toSorted((a, b) => daysIn(b) - daysIn(a));
      const parts = threads.map(({ worker, lost }) => {
        ask(worker, { shared });
        return Promise.race([untilDone(worker, waiting, onProgress), lost]);
      });
      return joined((await Promise.all(parts)).flat());
    },
    // Where one has failed the others would go on.
    stop: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function startThread(): Thread {
  const worker = new Worker(new URL('./collecting-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });
  const lost = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A collecting thread ended before it was done.')));
  });
  // Told where something is waited for; a thread that was stopped is not missed.
  lost.catch(() => {});
  return { worker, lost };
}

const ask = (worker: Worker, asked: Asked): void => worker.postMessage(asked);

const daysIn = (share: Share): number => share.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0);

function joined(parts: readonly CollectedAll[]): CollectedAll {
  const changed = new Map<Day, 'live' | 'backfill'>();
  for (const [day, mode] of parts.flatMap((one) => [...one.changed])) {
    changed.set(day, changed.get(day) === 'live' ? 'live' : mode);
  }
  return {
    changed,
    days: parts.flatMap(({ days }) => days),
    progress: parts.flatMap(({ progress }) => progress),
    failures: parts.flatMap(({ failures }) => failures),
  };
}

/** One thread's part, until nothing waits any more. */
function untilDone(
  worker: Worker,
  waiting: Share[],
  onProgress: (progress: Progress) => void,
): Promise<readonly CollectedAll[]> {
  return new Promise((resolve, reject) => {
    const done: CollectedAll[] = [];
    let inHand = 0;
    const next = (): void => {
      while (inHand < IN_HAND) {
        const share = waiting.shift();
        if (share === undefined) break;
        ask(worker, { share });
        inHand += 1;
      }
      if (inHand === 0) resolve(done);
    };
    // Both ends of this channel are ours.
    worker.on('message', (told: Told) => {
      if ('progress' in told) onProgress(told.progress);
      else if ('error' in told) reject(told.error);
      else {
        done.push(told.collected);
        inHand -= 1;
        next();
      }
    });
    next();
  });
}
