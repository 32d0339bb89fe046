import { codec } from '../../functions/lib/codec.ts';
import { keyedCrypto } from '../../functions/lib/crypto.ts';
import { standingClock } from '../../local/platform/clock.ts';
import { sqliteState } from '../../local/platform/state.ts';
import type { Notification, Platform, QueueMessage } from '../../shared/platform.ts';
import { type Bucket, memoryObjects } from './memory-objects.ts';

/** What a test may look at behind a test platform. */
export interface TestWorld {
  readonly platform: Platform;
  readonly bucket: Bucket;
  readonly queued: QueueMessage[];
  readonly published: Notification[];
}

const none = (name: string) => (): never => {
  throw new Error(`this test gave no ${name}`);
};

/** A platform in memory: the clock stands, chance is always one half, the queue only remembers. */
export function testPlatform(
  given: Partial<Platform> & { readonly now?: string; readonly bucket?: Bucket } = {},
): TestWorld {
  const { now = '2026-11-25T06:00:00Z', bucket = new Map(), ...ports } = given;
  const queued: QueueMessage[] = [];
  const published: Notification[] = [];
  const platform: Platform = {
    fetch: none('fetch'),
    clock: standingClock(Date.parse(now)),
    random: { next: () => 0.5 },
    secrets: { read: async () => 'key' },
    objects: memoryObjects(bucket),
    state: sqliteState(':memory:'),
    queue: { send: async (messages) => void queued.push(...messages) },
    notify: { publish: async (notification) => void published.push(notification) },
    warehouse: {
      rows: none('warehouse'),
      unload: none('warehouse'),
      partition: none('warehouse'),
      point: none('warehouse'),
      partitions: none('warehouse'),
      view: none('warehouse'),
    },
    codec,
    crypto: keyedCrypto('test'),
    ...ports,
  };
  return { platform, bucket, queued, published };
}
