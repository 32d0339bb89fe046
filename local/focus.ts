import { parseArgs } from 'node:util';
import { queueDays, registerMonths } from '../shared/months.ts';
import type { Platform } from '../shared/platform.ts';
import { costs } from '../shared/tables/index.ts';
import { billingPeriodOf } from '../shared/time.ts';
import { onAws } from './aws.ts';
import { takeFile } from './focus/import.ts';
import { operator } from './operator.ts';
import { UsageError } from './options.ts';
import { readConfig } from './real-world.ts';

const HELP = `npm run focus -- push FILE...      bills in FOCUS (CSV or Parquet) of other providers or another tool: each is taken in whole,
                                   or refused with its first mistakes; the same file twice is once

  --accept-nonconformant  take what is unambiguous of a file that breaks the spec, and list what was changed
  --lake DIR              (.outlay)
  --aws                   the deployed lake instead, with this shell's AWS credentials; its months are made anew within minutes
  --config FILE           the settings, for --aws (outlay.config.ts)
`;

/** `npm run focus`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      'accept-nonconformant': { type: 'boolean', default: false },
      lake: { type: 'string', default: '.outlay' },
      aws: { type: 'boolean', default: false },
      config: { type: 'string', default: 'outlay.config.ts' },
    },
  });
  const [verb, ...files] = positionals;
  if (values.help || verb === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (verb !== 'push') throw new UsageError(`focus ${verb}: must be push.`);
  if (files.length === 0) throw new UsageError('focus push: name the file.');
  const accept = values['accept-nonconformant'];
  const tell = (says: string): void => void process.stdout.write(`${says}\n`);
  if (values.aws) {
    const config = await readConfig(values.config);
    await onAws(config, { vendors: [], pseudonyms: false }, (platform) => pushBills(platform, files, accept, tell));
    tell('The months that they touch are made anew within minutes.');
    return 0;
  }
  const { platform, close } = await operator(values.lake);
  try {
    for (const file of files) tell((await takeFile(platform, file, { accept, again: true }))?.told ?? file);
    tell("The next 'npm start' makes the months that they touch.");
    return 0;
  } finally {
    await close();
  }
}

/**
 * Takes bills into a deployed lake, one after the other: a refused one leaves those before it taken. Their months are made
 * known to the catalogue, however old they are, and are made anew.
 */
export async function pushBills(
  platform: Platform,
  files: readonly string[],
  accept: boolean,
  tell: (says: string) => void,
): Promise<void> {
  for (const file of files) {
    const taken = await takeFile(platform, file, { accept, again: true });
    if (taken === null) continue;
    const days = taken.days.toSorted();
    await registerMonths(platform, [costs], [...new Set(days.map(billingPeriodOf))]);
    const id = `focus.${platform.crypto.digest(days.join()).slice(0, 16)}`;
    await queueDays(platform.queue, id, days);
    tell(taken.told);
  }
}
