import { existsSync } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectionsOf, parseConfig } from '../shared/config.ts';
import { SecretError, type Secrets } from '../shared/platform.ts';
import type { Connection } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { addDays, type BillingPeriod, billingPeriodOf, type Day, dayOf, days } from '../shared/time.ts';
import { copiedBills, readCopies } from './cloud-bill/copies.ts';
import { whyNot } from './file-error.ts';
import { type Options, UsageError } from './options.ts';
import { realClock } from './platform/clock.ts';
import type { World } from './world.ts';

/** The variable of the environment that holds a connection's key. */
export const variableOf = (connection: string): string =>
  `OUTLAY_KEY_${connection.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

/** Keys from the environment, by connection. */
export const environmentSecrets = (
  connections: readonly Connection[],
  environment: Readonly<Record<string, string | undefined>>,
): Secrets => ({
  read: async (name) => {
    const connection = connections.find(({ secret }) => secret === name);
    const variable = variableOf(connection?.id ?? name);
    const value = environment[variable];
    if (value === undefined || value === '')
      throw new SecretError(`There is no key for ${connection?.id ?? name}: set ${variable} in the environment.`);
    return value;
  },
});

/** Real vendors, as outlay.config.ts (or --config) names them; `--sources` picks connections, vendors or sources. */
export async function realWorld(options: Options): Promise<World> {
  const config = await readConfig(options.config);
  const known = connectionsOf(config, VENDORS);
  const connections = known.filter(({ id, vendor }) =>
    options.sources.some(
      (asked) =>
        asked === id || asked === vendor || SOURCES.some((source) => source.id === asked && source.vendor === vendor),
    ),
  );
  const strange = options.sources.filter(
    (asked) =>
      !known.some(({ id, vendor }) => asked === id || asked === vendor) &&
      !SOURCES.some(({ id, vendor }) => id === asked && known.some((of) => of.vendor === vendor)),
  );
  if (strange.length > 0) {
    const theirs = SOURCES.filter(({ vendor }) => known.some((of) => of.vendor === vendor));
    throw new UsageError(
      `--sources ${strange.join(',')}: ${options.config} has the connections ${known.map(({ id }) => id).join(', ')}, and the sources are ${theirs.map(({ id }) => id).join(', ')}.`,
    );
  }
  const bills = await copiedBills(config.cloudBill);
  const through = dayOf(realClock.now());
  return {
    company: config.company,
    title: config.company,
    simulated: null,
    connections,
    secrets: environmentSecrets(connections, process.env),
    clock: realClock,
    since: addDays(through, -options.days),
    through,
    showPeople: config.report.showPeople,
    reference: existsSync('reference') ? await readReference('reference') : {},
    timeoutMs: 60_000,
    deliver: (root, between) => readCopies(root, config.cloudBill, bills, monthsIn(between)),
    stop: async () => {},
  };
}

const monthsIn = ({ since, through }: { readonly since: Day; readonly through: Day }): BillingPeriod[] => [
  ...new Set([...days(since, addDays(through, 1))].map(billingPeriodOf)),
];

/** An operator's settings. @throws Error in a sentence when the file is not there or not as expected. */
export async function readConfig(path: string): Promise<ReturnType<typeof parseConfig>> {
  await access(path).catch((cause: unknown) => {
    throw new Error(`The settings ${path} cannot be read: ${whyNot(cause)}. Name the file with --config FILE.`, {
      cause,
    });
  });
  const module: unknown = await import(pathToFileURL(resolve(path)).href).catch((cause: unknown) => {
    throw new Error(`The settings ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  });
  return parseConfig(
    typeof module === 'object' && module !== null && 'default' in module ? module.default : null,
    path,
  );
}

/** The CSV files of a folder. @throws Error in a sentence when there is no such folder. */
export async function readReference(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(
      `The reference files in ${folder} cannot be read: ${whyNot(cause)}. Name the folder that holds people.csv and teams.csv.`,
      { cause },
    );
  });
  const files = names.filter((name) => name.endsWith('.csv'));
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
