import { parentPort, workerData } from 'node:worker_threads';
import type { Platform } from '../shared/platform.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { collectMessages, collectors } from './collecting.ts';
import { sharedClock } from './platform/clock.ts';
import { laptopPlatform, noWarehouse } from './platform/index.ts';
import { knownKeys } from './platform/secrets.ts';
import type { Share, Told } from './side-by-side.ts';

const tell = (told: Told): void => parentPort?.postMessage(told);

/** A thread of its own: collects its share, tells how far it is, and what came of it. */
const share: Share = workerData;
const parts = {
  sources: SOURCES,
  vendors: VENDORS,
  connections: share.connections,
  timeoutMs: share.timeoutMs,
  onProgress: (progress: Parameters<Parameters<typeof collectors>[0]['onProgress']>[0]) => tell({ progress }),
};
const queue = collectors(parts, (): Platform => platform);
const platform = await laptopPlatform({
  root: share.root,
  clock: sharedClock(share.clock),
  secrets: knownKeys(share.keys),
  queue,
  notify: { publish: async () => {} },
  warehouse: noWarehouse,
  pseudonymKey: share.pseudonymKey,
});
const collected = await collectMessages(platform, queue, share.messages);
platform.close();
tell({ collected });
