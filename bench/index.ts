import { availableParallelism } from 'node:os';
import { benchCloudBill } from './cloud-bill.ts';
import { benchCursorDay } from './cursor-day.ts';
import { benchMarts } from './marts.ts';
import { benchStart } from './start.ts';
import { benchVendorDay } from './vendor-day.ts';

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores. Ratios within one run are what counts; wall times depend on the machine.`,
);
await benchStart();
await benchVendorDay();
await benchMarts();
await benchCursorDay();
await benchCloudBill();
