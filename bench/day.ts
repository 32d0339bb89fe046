import { type LaptopPlatform, laptopPlatform, noWarehouse } from '../local/platform/index.ts';
import { type Collected, collect } from '../shared/collect.ts';
import type { Clock, Secrets, Warehouse } from '../shared/platform.ts';
import type { CollectMessage, Connection } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { addDays, millis } from '../shared/time.ts';

/** The day that is collected. */
export const DAY = '2026-11-17';

/** A day of a source by the hour, due the morning after. */
export const dayMessage = (source: string, connection: string): CollectMessage => ({
  source,
  connection,
  from: DAY,
  to: addDays(DAY, 1),
  due: `${addDays(DAY, 1)}T05:00:00.000Z`,
  mode: 'live',
  window: 'hour',
  part: 0,
  force: false,
});

/** A laptop's lake without an engine; without `world` at the time when the message is due, and where nobody is asked. */
export const dayPlatform = (
  root: string,
  { due }: CollectMessage,
  world: { readonly clock: Clock; readonly secrets: Secrets } = {
    clock: { now: () => millis(due), sleep: async () => {} },
    secrets: { read: async () => 'key' },
  },
): Promise<LaptopPlatform<Warehouse>> =>
  laptopPlatform({
    root,
    clock: world.clock,
    secrets: world.secrets,
    queue: { send: async () => {} },
    notify: { publish: async () => {} },
    warehouse: noWarehouse,
    pseudonymKey: 'bench',
  });

/** Collects the day over a connection. @throws Error when there is no such source */
export function collectDay(
  platform: LaptopPlatform<Warehouse>,
  message: CollectMessage,
  connection: Connection,
): Promise<Collected> {
  const source = SOURCES.find(({ id }) => id === message.source);
  const vendor = VENDORS.find(({ id }) => id === source?.vendor);
  if (source === undefined || vendor === undefined)
    throw new Error(`collect a day of '${message.source}': no such source`);
  return collect(platform, message, {
    ...{ source, vendor, connection },
    deadline: Number.POSITIVE_INFINITY,
    timeoutMs: 60_000,
  });
}
