import { parentPort } from 'node:worker_threads';
import type { Platform } from '../shared/platform.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { collectMessages, collectors, type Progress } from './collecting.ts';
import { sharedClock } from './platform/clock.ts';
import { laptopPlatform, noWarehouse } from './platform/index.ts';
import { knownKeys } from './platform/secrets.ts';
import type { Asked, Share, Shared, Told } from './side-by-side.ts';

/** Questions of a share on their way at a time: the next is answered while one is stored. */
const LANES = 2;

const tell = (told: Told): void => parentPort?.postMessage(told);

/** What this thread does with a share: collects it, tells how far it is, and what came of it. */
async function worker(shared: Shared): Promise<(messages: Share) => Promise<void>> {
  const parts = {
    sources: SOURCES,
    vendors: VENDORS,
    connections: shared.connections,
    timeoutMs: shared.timeoutMs,
    onProgress: (progress: Progress) => tell({ progress }),
  };
  const platform = await laptopPlatform({
    root: shared.root,
    clock: sharedClock(shared.clock),
    secrets: knownKeys(shared.keys),
    queue: { send: async () => {} },
    notify: { publish: async () => {} },
    warehouse: noWarehouse,
    pseudonymKey: shared.pseudonymKey,
  });
  return async (messages) => {
    const queue = collectors(parts, (): Platform => own);
    const own: Platform = { ...platform, queue };
    tell({ collected: await collectMessages(own, queue, messages, LANES) });
  };
}

let working: Promise<(messages: Share) => Promise<void>> | undefined;
// Both ends of this channel are ours: where to collect is told before what.
parentPort?.on('message', (asked: Asked) => {
  if ('shared' in asked) working = worker(asked.shared);
  else working?.then((work) => work(asked.share)).catch((error: unknown) => tell({ error }));
});
