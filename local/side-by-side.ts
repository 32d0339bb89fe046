import { Worker } from 'node:worker_threads';
import type { CollectMessage, Connection } from '../shared/source.ts';
import type { Day } from '../shared/time.ts';
import type { CollectedAll, Progress } from './collecting.ts';

/** What one thread collects; plain data, so that it can cross. */
export interface Share {
  readonly root: string;
  readonly connections: readonly Connection[];
  readonly messages: readonly CollectMessage[];
  readonly keys: Readonly<Record<string, string>>;
  readonly clock: SharedArrayBuffer;
  readonly timeoutMs: number;
  readonly pseudonymKey: string;
}

/** What a thread tells. */
export type Told = { readonly progress: Progress } | { readonly collected: CollectedAll };

/** Threads: the simulated vendors take one of two cores half the time, so a third would only wait. */
const THREADS = 2;

/**
 * Collects in threads, each with vendors of its own: no two write the same object or the same state.
 * Only where vendors answer as fast as loopback does is the processor what is waited for.
 */
export async function collectSideBySide(share: Share, onProgress: (progress: Progress) => void): Promise<CollectedAll> {
  const vendors = [...new Set(share.connections.map(({ vendor }) => vendor))];
  const threadOf = (connection: string): number =>
    vendors.indexOf(connection.slice(0, connection.indexOf('.'))) % THREADS;
  const shares = Array.from({ length: Math.min(THREADS, vendors.length) }, (_, thread) => ({
    ...share,
    connections: share.connections.filter(({ id }) => threadOf(id) === thread),
    messages: share.messages.filter(({ connection }) => threadOf(connection) === thread),
  }));
  const all = await Promise.all(shares.map((one) => inThread(one, onProgress)));
  const changed = new Map<Day, 'live' | 'backfill'>();
  for (const [day, mode] of all.flatMap((one) => [...one.changed])) {
    changed.set(day, changed.get(day) === 'live' ? 'live' : mode);
  }
  return {
    changed,
    days: all.flatMap(({ days }) => days),
    progress: all.flatMap(({ progress }) => progress),
    failures: all.flatMap(({ failures }) => failures),
  };
}

function inThread(share: Share, onProgress: (progress: Progress) => void): Promise<CollectedAll> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./collecting-thread.ts', import.meta.url), { workerData: share });
    // Both ends of this channel are ours.
    worker.on('message', (told: Told) => {
      if ('progress' in told) onProgress(told.progress);
      else resolve(told.collected);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A collecting thread ended before it was done.')));
  });
}
