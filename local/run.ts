import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { statusOf } from '../functions/lib/status-of.ts';
import { loadLabels } from '../shared/alerts/labels.ts';
import { type Detected, detect, replay } from '../shared/detect.ts';
import { type MadeMonth, materialise } from '../shared/materialise.ts';
import { plan } from '../shared/plan.ts';
import type { Platform } from '../shared/platform.ts';
import type { Queries } from '../shared/queries.ts';
import { type AnySource, type CollectMessage, isWanted } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { exportStatus } from '../shared/status.ts';
import { prefixOf } from '../shared/table.ts';
import { costs } from '../shared/tables/index.ts';
import { addDays, type BillingPeriod, billingPeriodOf, type Day, days, nextMonth } from '../shared/time.ts';
import { lakeBills, readBills } from './cloud-bill/lake.ts';
import { type CollectedAll, collectMessages, collectors, type Progress } from './collecting.ts';
import { importFocus } from './focus/import.ts';
import { unjudged } from './judged.ts';
import { beginLake, type LakeFacts } from './lake.ts';
import { type LaptopPlatform, laptopPlatform } from './platform/index.ts';
import { tidyNotes } from './platform/notes.ts';
import { laptopNotify } from './platform/notify.ts';
import { type LakeWarehouse, openWarehouse } from './platform/warehouse.ts';
import { loadQueries } from './queries.ts';
import { pushByRun } from './reference/standing.ts';
import { createViews } from './views.ts';
import type { World } from './world.ts';

/** A run's lake, open, with everything done that was due but to look for what is unusual. */
export interface Run {
  readonly platform: Platform;
  readonly warehouse: LakeWarehouse;
  readonly queries: Queries;
  readonly collected: CollectedAll;
  /** Why files of `import/` were not taken in. */
  readonly refused: readonly string[];
  readonly made: readonly MadeMonth[];
  /** Looks for what is unusual, once; others may ask meanwhile, it thinks more than it reads. */
  readonly detect: () => Promise<Detected>;
  readonly facts: LakeFacts;
  /** Waits for what still goes on. */
  readonly close: () => Promise<void>;
}

/** How a run tells what it does. */
export interface Telling {
  readonly progress: (progress: Progress) => void;
  /** A step after collecting begins. */
  readonly step: (says: string) => void;
  readonly alert: (text: string) => void;
  readonly slack: string | null;
}

/** Questions up to which a thread of their own costs more than it saves. */
const FEW = 8;

/**
 * Does all that is due on a lake: reference, collecting, months, detection. The lake must be locked.
 * `again`: questions to ask now instead of what is due.
 */
export async function runLake(
  root: string,
  world: World,
  telling: Telling,
  again: readonly CollectMessage[] = [],
): Promise<Run> {
  const sources = SOURCES.filter((source) => world.connections.some((connection) => isWanted(source, connection)));
  const facts = await beginLake(root, {
    company: world.company,
    simulated: world.simulated,
    connections: world.connections.map(({ id }) => id),
    since: world.since,
    through: world.through,
    // The made-up company derives its key from the seed, so that two lakes of it are alike to the byte.
    pseudonymKey: world.simulated === null ? randomBytes(32).toString('hex') : `seed ${world.simulated.seed}`,
  });
  tidyNotes(root);
  for (const says of (await world.deliver?.(root, facts)) ?? []) telling.alert(says);
  const queries = loadQueries(readBills(root));
  const parts = {
    sources,
    vendors: VENDORS,
    connections: world.connections,
    timeoutMs: world.timeoutMs,
    onProgress: telling.progress,
  };
  const queue = collectors(parts, () => platform);
  const warehouse = await openWarehouse(root);
  const platform: LaptopPlatform<LakeWarehouse> = await laptopPlatform({
    root,
    clock: world.clock,
    secrets: world.secrets,
    queue,
    notify: laptopNotify({
      folder: join(root, 'notifications'),
      print: telling.alert,
      labels: () => loadLabels(platform, world.showPeople),
      slack: telling.slack === null ? null : { url: telling.slack, fetch: globalThis.fetch },
    }),
    warehouse,
    pseudonymKey: facts.pseudonymKey,
  });
  if (await pushByRun(platform, world.reference, facts))
    telling.alert(
      'The reference files of this run have changed, and stand now in place of those that were pushed by hand.',
    );
  const imported = await importFocus(platform, root, world.focus ?? { files: [], accept: false });
  for (const says of imported.told) telling.alert(says);
  const messages = again.length > 0 ? again : await due(platform, world, sources);
  const collected =
    world.collectSideBySide !== undefined && messages.length > FEW
      ? await world.collectSideBySide({ root, pseudonymKey: facts.pseudonymKey }, messages, telling.progress)
      : await collectMessages(platform, queue, messages);
  await exportStatus(platform, statusOf(world.connections));
  telling.step('making months');
  await createViews(platform.warehouse, queries);
  const isFirst = (await platform.objects.head('status/incidents/data.parquet')) === null;
  // Every month is looked at: a run that died after collecting left none of them marked. What has not changed costs a hash.
  const periods = [...periodsOf(facts), ...(await importedMonths(platform))];
  const made = await materialise(platform, queries, periods, lakeBills(root));
  telling.step('looking for what is unusual');
  const { periods: changed, seen } = await unjudged(platform, periods);
  const looking = async (): Promise<Detected> => {
    const done = isFirst
      ? await replay(platform, [...days(facts.since, addDays(facts.through, 1))])
      : await judge(platform, changed, withImported(collected.changed, imported.days));
    await seen();
    return done;
  };
  let detected: Promise<Detected> | null = null;
  const detectOnce = (): Promise<Detected> => {
    detected ??= looking().catch((error: unknown) => {
      // Everything is kept by then; only telling failed, and the next run tells again.
      if (!(error instanceof AggregateError)) throw error;
      telling.alert(
        `${error.message}: ${error.errors.map((one) => (one instanceof Error ? one.message : String(one)))[0]}`,
      );
      return { judged: 0, nearest: 0, told: 0 };
    });
    return detected;
  };
  const close = async (): Promise<void> => {
    await detected?.catch(() => {});
    platform.close();
    warehouse.close();
  };
  return { platform, warehouse, queries, collected, refused: imported.refused, made, detect: detectOnce, facts, close };
}

/** What is due now; who collects it is decided once it is known how much that is. */
async function due(
  platform: Platform,
  world: World,
  sources: readonly AnySource[],
): Promise<readonly CollectMessage[]> {
  const { connections, since, through } = world;
  const { messages } = await plan(
    { ...platform, queue: { send: async () => {} } },
    { sources, connections, since, through },
  );
  return messages;
}

/** Judges the days of months; what only a backfill changed moves baselines and raises nothing. */
async function judge(
  platform: Platform,
  periods: readonly BillingPeriod[],
  changed: CollectedAll['changed'],
): Promise<Detected> {
  const all = periods.flatMap((period) => [...days(`${period}-01`, nextMonth(period))]);
  const backfill = all.filter((day) => changed.get(day) === 'backfill');
  const live = all.filter((day) => changed.get(day) !== 'backfill');
  if (backfill.length > 0) await detect(platform, { days: backfill, mode: 'backfill' });
  // Without a day it still tells what could not be told before.
  return detect(platform, { days: live, mode: 'live' });
}

/** Months that came in as FOCUS; another tool's history may begin before ours. */
async function importedMonths({ objects }: Pick<Platform, 'objects'>): Promise<readonly BillingPeriod[]> {
  const months = new Set<BillingPeriod>();
  for await (const { key } of objects.list(prefixOf(costs))) {
    const [, month] = /billing_period=([^/]+)\/focus_import\./.exec(key) ?? [];
    if (month !== undefined) months.add(month);
  }
  return [...months];
}

/** A bill that comes in as a file is history: it moves baselines and raises nothing. */
function withImported(changed: CollectedAll['changed'], imported: ReadonlySet<Day>): CollectedAll['changed'] {
  return new Map([...[...imported].map((day) => [day, 'backfill'] as const), ...changed]);
}

function periodsOf({ since, through }: LakeFacts): BillingPeriod[] {
  return [...new Set([...days(since, addDays(through, 1))].map(billingPeriodOf))];
}
