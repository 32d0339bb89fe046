import { Worker } from 'node:worker_threads';
import type { CollectMessage, Connection } from '../shared/source.ts';
import { type Day, daysBetween } from '../shared/time.ts';
import type { CollectedAll, Progress } from './collecting.ts';

/** What every thread knows; plain data, so that it can cross. */
export interface Shared {
  readonly root: string;
  readonly connections: readonly Connection[];
  readonly keys: Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  readonly timeoutMs: number;
  readonly pseudonymKey: string;
}

/** What a thread is asked: all messages of one source and connection. */
export type Share = readonly CollectMessage[];

/** What a thread tells. */
export type Told = { readonly progress: Progress } | { readonly collected: CollectedAll } | { readonly error: unknown };

/** Threads: the simulated vendors take one of two cores half the time, so a third would only wait. */
const THREADS = 2;
/** Shares a thread has in hand: while one waits for its vendor, another is worked on. */
const IN_HAND = 2;

/**
 * Collects in threads that take one source and connection after the other: no two write the same object. What they share,
 * a vendor's requests a minute, is counted by version.
 * Only where vendors answer as fast as loopback does is the processor what is waited for.
 */
export async function collectSideBySide(
  shared: Shared,
  messages: readonly CollectMessage[],
  onProgress: (progress: Progress) => void,
): Promise<CollectedAll> {
  // The longest first, so that no thread is left alone with it.
  const waiting: Share[] = [
    ...Map.groupBy(messages, ({ source, connection }) => `${source} ${connection}`).values(),
  ].toSorted((a, b) => daysIn(b) - daysIn(a));
  const workers = Array.from(
    { length: Math.min(THREADS, waiting.length) },
    () => new Worker(new URL('./collecting-thread.ts', import.meta.url), { workerData: shared }),
  );
  try {
    return joined((await Promise.all(workers.map((worker) => untilDone(worker, waiting, onProgress)))).flat());
  } finally {
    // Where one has failed the others would go on.
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

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
        worker.postMessage(share);
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
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A collecting thread ended before it was done.')));
    next();
  });
}
