import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codec } from '../../functions/lib/codec.ts';
import { keyedCrypto } from '../../functions/lib/crypto.ts';
import type { Clock, Notify, Platform, Queue, Secrets } from '../../shared/platform.ts';
import { folderObjects } from './objects.ts';
import { sqliteState } from './state.ts';
import { type LakeWarehouse, openWarehouse } from './warehouse.ts';

/** What a laptop's platform is made of besides its folder. */
export interface LaptopParts {
  readonly root: string;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly queue: Queue;
  readonly notify: Notify;
  /** Key of the pseudonyms. */
  readonly pseudonymKey: string;
}

/** A laptop's platform, open. */
export interface LaptopPlatform extends Platform {
  readonly warehouse: LakeWarehouse;
  readonly close: () => Promise<void>;
}

/** A laptop's side of every port: a folder laid out as the bucket, DuckDB, SQLite, this process. */
export async function laptopPlatform({
  root,
  clock,
  secrets,
  queue,
  notify,
  pseudonymKey,
}: LaptopParts): Promise<LaptopPlatform> {
  await mkdir(root, { recursive: true });
  const state = sqliteState(join(root, 'state.sqlite'));
  const warehouse = await openWarehouse(root);
  return {
    fetch: globalThis.fetch,
    clock,
    random: { next: Math.random },
    secrets,
    objects: folderObjects(root),
    state,
    queue,
    notify,
    warehouse,
    codec,
    crypto: keyedCrypto(pseudonymKey),
    close: async () => {
      state.close();
      await warehouse.close();
    },
  };
}
