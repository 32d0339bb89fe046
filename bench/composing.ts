import { laptopPlatform, noWarehouse } from '../local/platform/index.ts';
import { collect } from '../shared/collect.ts';
import type { CollectMessage } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { addDays, millis } from '../shared/time.ts';

// A process of its own, started by `composing` (bundled.ts): a day's kept windows to Parquet, no engine and no simulated vendor beside it.
const [root = '', sourceId = '', connectionId = '', day = ''] = process.argv.slice(2);
const message: CollectMessage = {
  source: sourceId,
  connection: connectionId,
  from: day,
  to: addDays(day, 1),
  due: `${addDays(day, 1)}T05:00:00.000Z`,
  mode: 'live',
  window: 'hour',
  part: 0,
  force: false,
};
const source = SOURCES.find(({ id }) => id === sourceId);
const vendor = VENDORS.find(({ id }) => id === source?.vendor);
if (source === undefined || vendor === undefined) throw new Error(`compose a day of '${sourceId}': no such source`);
const platform = await laptopPlatform({
  root,
  clock: { now: () => millis(message.due), sleep: async () => {} },
  secrets: { read: async () => 'key' },
  queue: { send: async () => {} },
  notify: { publish: async () => {} },
  warehouse: noWarehouse,
  pseudonymKey: 'bench',
});
const done = await collect(platform, message, {
  source,
  vendor,
  // Composing needs no vendor: every window is kept.
  connection: {
    id: connectionId,
    vendor: vendor.id,
    baseUrl: 'http://127.0.0.1:9',
    secret: connectionId,
    accountId: null,
    settings: {},
  },
  deadline: Number.POSITIVE_INFINITY,
  timeoutMs: 60_000,
});
console.log(`rows ${done.days[0]?.rows}, requests ${done.requests}`);
platform.close();
