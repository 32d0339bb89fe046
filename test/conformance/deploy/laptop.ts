import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LakeFacts } from '../../../local/lake.ts';
import { standingClock } from '../../../local/platform/clock.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { runLake } from '../../../local/run.ts';
import { startVendors, type VendorOptions } from '../../../local/vendors/index.ts';
import type { World } from '../../../local/world.ts';
import { type Objects, SecretError } from '../../../shared/platform.ts';
import type { Connection } from '../../../shared/source.ts';
import { addDays, type Day, dayOf } from '../../../shared/time.ts';

/** What a laptop is to do as the deployment did. */
export interface AsDeployed {
  readonly vendors: Omit<VendorOptions, 'clock'>;
  /** The vendors' clock at the start. */
  readonly vendorsAt: number;
  /** When the deployment planned. */
  readonly plannedAt: number;
  readonly historyDays: number;
  /** Connections as the functions are told them; the addresses are taken from vendors of its own. */
  readonly connections: readonly Connection[];
  readonly pseudonymKey: string;
}

/** Runs the main job over a folder for the same company at the same time, and gives the folder's objects. */
export async function laptopLake(root: string, as: AsDeployed): Promise<Objects> {
  const theirs = standingClock(as.vendorsAt);
  const vendors = await startVendors({ ...as.vendors, clock: theirs.shared });
  const since: Day = addDays(dayOf(as.plannedAt), -as.historyDays);
  const through = dayOf(as.plannedAt);
  const connections = as.connections.map((one) => ({ ...one, baseUrl: vendors.urls[one.id] ?? '', secret: one.id }));
  const begun: LakeFacts = {
    company: 'Example',
    simulated: null,
    connections: connections.map(({ id }) => id),
    since,
    through,
    pseudonymKey: as.pseudonymKey,
  };
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'lake.json'), JSON.stringify(begun));
  const world: World = {
    ...{
      company: 'Example',
      title: 'Example',
      simulated: null,
      connections,
      since,
      through,
      reference: {},
      showPeople: true,
    },
    secrets: {
      read: async (name) => {
        const secret = vendors.secrets[name];
        if (secret === undefined) throw new SecretError(`no key of ${name}`);
        return secret;
      },
    },
    // Both clocks move while it waits, so that limits pass.
    clock: { now: () => as.plannedAt + theirs.now() - as.vendorsAt, sleep: theirs.sleep },
    timeoutMs: 10_000,
    stop: vendors.stop,
  };
  const quiet = { progress: () => {}, step: () => {}, alert: () => {}, slack: null };
  const run = await runLake(root, world, quiet);
  await run.detect();
  await run.close();
  await vendors.stop();
  if (run.collected.failures.length > 0) throw new Error(`the laptop failed: ${run.collected.failures[0]?.says}`);
  return folderObjects(root);
}
