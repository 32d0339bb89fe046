import { keepHeapSmall } from '../functions/lib/heap.ts';
import { collectDay, dayMessage, dayPlatform } from './day.ts';

// A process of its own, started by `composing` (bundled.ts): a day's kept windows to Parquet, no engine and no simulated vendor beside it.
const [root = '', source = '', connection = ''] = process.argv.slice(2);
const message = dayMessage(source, connection);
// As the function does that collects.
keepHeapSmall();
const platform = await dayPlatform(root, message);
// Composing needs no vendor: every window is kept.
const done = await collectDay(platform, message, {
  id: connection,
  vendor: connection.slice(0, connection.indexOf('.')),
  baseUrl: 'http://127.0.0.1:9',
  secret: connection,
  accountId: null,
  settings: {},
});
console.log(`rows ${done.days[0]?.rows}, requests ${done.requests}`);
platform.close();
