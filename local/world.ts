import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Secrets } from '../shared/platform.ts';
import type { CollectMessage, Connection } from '../shared/source.ts';
import { prefixOf } from '../shared/table.ts';
import { usage } from '../shared/tables/index.ts';
import { addDays, type Day, HOUR, startOf } from '../shared/time.ts';
import { deliverBill } from './cloud-bill/write.ts';
import type { CollectedAll, Progress } from './collecting.ts';
import type { FocusFiles } from './focus/import.ts';
import type { Options } from './options.ts';
import { standingClock } from './platform/clock.ts';
import { knownKeys } from './platform/secrets.ts';
import { startThreads } from './side-by-side.ts';
import { makeWorld } from './vendors/company/world.ts';
import { type Company, company, startVendors } from './vendors/index.ts';

/** The world outside the lake, real or made up: who is asked, with which key, at which time, and who belongs where. */
export interface World {
  readonly company: string;
  /** How the head of the terminal names it. */
  readonly title: string;
  readonly simulated: { readonly seed: number; readonly developers: number } | null;
  readonly connections: readonly Connection[];
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly since: Day;
  readonly through: Day;
  /** Whether the page and the terminal name people. */
  readonly showPeople: boolean;
  /** Reference files; empty: none were given. */
  readonly reference: Readonly<Record<string, string>>;
  /** How long one answer may take. */
  readonly timeoutMs: number;
  /** Collects into a lake in threads of its own; absent: nobody else can see this world. */
  readonly collectSideBySide?: (
    lake: { readonly root: string; readonly pseudonymKey: string },
    messages: readonly CollectMessage[],
    onProgress: (progress: Progress) => void,
  ) => Promise<CollectedAll>;
  /** Lets the lake see what others deliver, such as the AWS bill, and answers in sentences what it cannot read; absent: nobody delivers. */
  readonly deliver?: (
    root: string,
    between: { readonly since: Day; readonly through: Day },
  ) => Promise<readonly string[]>;
  /** FOCUS files to take in beside what lies in the lake's import/. */
  readonly focus?: FocusFiles;
  readonly stop: () => Promise<void>;
}

/** What the vendor of a connection needs to know of the made-up company. */
export function vendorSettings(id: string, made: Pick<Company, 'githubOrganisation'>): Connection['settings'] {
  const settings: Readonly<Record<string, Connection['settings']>> = {
    'anthropic.legacy': { claude_code: 'yes' },
    chatgpt: { workspace: 'ws-halden' },
    github: { organization: made.githubOrganisation },
    copilot: { organization: made.githubOrganisation },
    cursor: { billing_groups: 'team', plan: 'business' },
  };
  return settings[id] ?? settings[id.slice(0, id.indexOf('.'))] ?? {};
}

/** The simulated vendors' clock stands at this hour (UTC) after the last day, when most daily figures are there. */
const MORNING = 6;
/** Simulated vendors that hang on purpose end the connection themselves: what takes longer is a busy machine, and no silence. */
const PATIENT = 30_000;

/** Starts the made-up company's vendors on loopback. */
export async function simulatedWorld(options: Options): Promise<World> {
  const { seed, developers, days, end, faults, world } = options;
  const clock = standingClock(startOf(addDays(end, 1)) + MORNING * HOUR);
  const made = company({ seed, end, days, developers });
  // A new lake has all its history to collect: threads load while vendors start.
  let threads = existsSync(join(options.lake, prefixOf(usage))) ? null : startThreads();
  const vendors = await startVendors({
    ...{ seed, end, days, developers, faults },
    oddities: world,
    clock: clock.shared,
  }).catch(async (error: unknown) => {
    await threads?.stop();
    throw error;
  });
  const connections = Object.entries(vendors.urls).map(([id, baseUrl]): Connection => {
    const vendor = id.slice(0, id.indexOf('.'));
    return {
      id,
      vendor,
      baseUrl,
      secret: id,
      accountId: null,
      settings: vendorSettings(id, made),
    };
  });
  return {
    company: made.name,
    title: `${made.name}, made-up company (seed ${seed})`,
    simulated: { seed, developers },
    connections,
    secrets: knownKeys(vendors.secrets),
    clock,
    since: addDays(end, 1 - days),
    through: end,
    showPeople: true,
    reference: made.reference(),
    timeoutMs: PATIENT,
    collectSideBySide: (lake, messages, onProgress) => {
      const crew = threads ?? startThreads();
      threads = null;
      const shared = { ...lake, connections, keys: vendors.secrets, clock: clock.shared, timeoutMs: PATIENT };
      return crew.collect(shared, messages, onProgress).finally(crew.stop);
    },
    deliver: async (root, { since, through }) => {
      await deliverBill(root, makeWorld({ seed, end, days, developers }), { form: 'cur2', from: since, through });
      return [];
    },
    stop: async () => {
      await Promise.all([vendors.stop(), threads?.stop()]);
    },
  };
}
