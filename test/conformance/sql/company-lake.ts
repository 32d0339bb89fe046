import { lakeBills } from '../../../local/cloud-bill/lake.ts';
import type { LakeFacts } from '../../../local/lake.ts';
import { readOptions } from '../../../local/options.ts';
import { runLake } from '../../../local/run.ts';
import { simulatedWorld } from '../../../local/world.ts';
import { materialise } from '../../../shared/materialise.ts';
import type { CollectMessage } from '../../../shared/source.ts';
import { anthropicCosts } from '../../../shared/sources/anthropic/costs.ts';
import { anthropicUsage } from '../../../shared/sources/anthropic/usage.ts';
import { COPIES } from '../../../shared/tables/copies.ts';
import { addDays, type Day, instant } from '../../../shared/time.ts';

/** A whole month and the first days of the next; the runaway, the dear model and the bursting key lie in it. */
const ASKED = ['--end', '2026-10-04', '--days', '34', '--developers', '25', '--faults', 'none'];
/** What the vendors are like when two days are asked for again, so that findings have something to say. */
const THEN = ['--world', 'locked-key,shrunken-day'];

/** Makes a lake of the made-up company as `npm start` does, and tells what it was begun with. */
export async function companyLake(root: string): Promise<LakeFacts> {
  const first = await visit(root, [], () => []);
  if (first.failures.length > 0) throw new Error(`the made-up company was not read: ${first.failures.join()}`);
  const { facts, failures, outcomes } = await visit(root, THEN, ({ through, due }) => [
    { ...ask(through, due), source: anthropicCosts.id, connection: 'anthropic.research' },
    { ...ask(addDays(through, -1), due), source: anthropicUsage.id, connection: 'anthropic.main' },
  ]);
  if (failures.length !== 1 || outcomes.join() !== 'shrunken')
    throw new Error(`one day was to be refused, one shrunken: ${[...failures, ...outcomes].join()}`);
  return facts;
}

/** One run of the main job; `again`: what to ask instead of what is due. */
async function visit(
  root: string,
  more: readonly string[],
  again: (at: { through: Day; due: string }) => CollectMessage[],
) {
  const options = readOptions([...ASKED, ...more], 0);
  if (options === 'help') throw new Error('help was not asked for');
  const world = await simulatedWorld(options);
  const quiet = { progress: () => {}, step: () => {}, alert: () => {}, slack: null };
  const asked = again({ through: world.through, due: instant(world.clock.now()) });
  const { platform, queries, made, detect, facts, collected, close } = await runLake(root, world, quiet, asked);
  await detect();
  const periods = made.map(({ period }) => period);
  await materialise(platform, queries, periods, lakeBills(root), COPIES);
  await close();
  await world.stop();
  return {
    facts,
    failures: collected.failures.map(({ says }) => says),
    outcomes: collected.days.map(({ outcome }) => outcome),
  };
}

const ask = (day: Day, due: string): Omit<CollectMessage, 'source' | 'connection'> => ({
  ...{ from: day, to: addDays(day, 1), due, mode: 'live', window: 'day', part: 0, force: false },
});
