import { parentPort, workerData } from 'node:worker_threads';
import type { Platform } from '../shared/platform.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { collectMessages, collectors } from './collecting.ts';
import { sharedClock } from './platform/clock.ts';
import { laptopPlatform, noWarehouse } from './platform/index.ts';
import { knownKeys } from './platform/secrets.ts';
import type { Share, Shared, Told } from './side-by-side.ts';

/** Questions of a share on their way at a time: the next is answered while one is stored. */
const LANES = 2;

const tell = (told: Told): void => parentPort?.postMessage(told);

/** A thread of its own: collects the shares it is given, tells how far it is, and what came of each. */
const shared: Shared = workerData;
const parts = {
  sources: SOURCES,
  vendors: VENDORS,
  connections: shared.connections,
  timeoutMs: shared.timeoutMs,
  onProgress: (progress: Parameters<Parameters<typeof collectors>[0]['onProgress']>[0]) => tell({ progress }),
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

parentPort?.on('message', async (messages: Share) => {
  const queue = collectors(parts, (): Platform => own);
  const own: Platform = { ...platform, queue };
  try {
    tell({ collected: await collectMessages(own, queue, messages, LANES) });
  } catch (error) {
    tell({ error });
  }
});
