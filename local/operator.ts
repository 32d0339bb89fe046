import { type Platform, SecretError } from '../shared/platform.ts';
import { needLake } from './lake.ts';
import { lockLake } from './lock.ts';
import { realClock } from './platform/clock.ts';
import { laptopPlatform, noWarehouse } from './platform/index.ts';

/** A lake's platform for a command that asks no vendor and tells nobody; the lake is locked meanwhile. */
export async function operator(
  root: string,
): Promise<{ readonly platform: Platform; readonly close: () => Promise<void> }> {
  const { pseudonymKey } = await needLake(root);
  const release = await lockLake(root);
  const platform = await laptopPlatform({
    root,
    clock: realClock,
    secrets: {
      read: async (name) => Promise.reject(new SecretError(`This command needs no key, and was asked for ${name}.`)),
    },
    queue: { send: async () => {} },
    notify: { publish: async () => {} },
    warehouse: noWarehouse,
    pseudonymKey,
  });
  return {
    platform,
    close: async () => {
      platform.close();
      await release();
    },
  };
}
