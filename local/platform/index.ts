import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codec } from '../../functions/lib/codec.ts';
import { keyedCrypto } from '../../functions/lib/crypto.ts';
import type { Clock, Notify, Platform, Queue, Secrets, Warehouse } from '../../shared/platform.ts';
import { folderObjects } from './objects.ts';
import { sqliteState } from './state.ts';

/** What a laptop's platform is made of besides its folder. */
export interface LaptopParts<W extends Warehouse = Warehouse> {
  readonly root: string;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly queue: Queue;
  readonly notify: Notify;
  /** Given, since not every thread needs an engine; whoever opened it closes it. */
  readonly warehouse: W;
  /** Key of the pseudonyms. */
  readonly pseudonymKey: string;
}

/** A laptop's platform, open. */
export interface LaptopPlatform<W extends Warehouse = Warehouse> extends Platform {
  readonly warehouse: W;
  readonly close: () => void;
}

/** A laptop's side of every port: a folder laid out as the bucket, SQLite, this process, and the engine it is given. */
export async function laptopPlatform<W extends Warehouse>(parts: LaptopParts<W>): Promise<LaptopPlatform<W>> {
  const { root, clock, secrets, queue, notify, warehouse, pseudonymKey } = parts;
  await mkdir(root, { recursive: true });
  const state = sqliteState(join(root, 'state.sqlite'));
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
    close: state.close,
  };
}

/** No engine: any use says so. */
export const noWarehouse: Warehouse = new Proxy<Warehouse>({} as Warehouse, {
  get: (_, name) => () => {
    throw new Error(`this part of Outlay has no SQL engine, and was asked for ${String(name)}`);
  },
});
