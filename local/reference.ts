import { parseArgs } from 'node:util';
import type { Config } from '../shared/config.ts';
import { makeAnew } from '../shared/months.ts';
import type { Platform } from '../shared/platform.ts';
import { calendarOf } from '../shared/reference/calendar.ts';
import { checkReference, pushReference } from '../shared/reference/push.ts';
import { dayOf } from '../shared/time.ts';
import { onAws } from './aws.ts';
import { needLake } from './lake.ts';
import { operator } from './operator.ts';
import { UsageError } from './options.ts';
import { readConfig, readReference } from './real-world.ts';
import { pushByHand } from './reference/standing.ts';

const HELP = `npm run reference -- check DIR       the files of docs/reference-files.md: every mistake, nothing taken in
npm run reference -- push DIR        checks, then takes them in as a version; the next run makes the months they touch.
                                     They stand until the files of a run change (the folder reference/, or a made-up company's)

  --lake DIR      (.outlay)
  --aws           the deployed lake instead, with this shell's AWS credentials; its months are made anew within minutes
  --config FILE   the settings, for --aws (outlay.config.ts)
`;

/** `npm run reference`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      lake: { type: 'string', default: '.outlay' },
      aws: { type: 'boolean', default: false },
      config: { type: 'string', default: 'outlay.config.ts' },
    },
  });
  const [verb, folder] = positionals;
  if (values.help || verb === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (verb !== 'check' && verb !== 'push') throw new UsageError(`reference ${verb}: must be check or push.`);
  if (folder === undefined) throw new UsageError(`reference ${verb}: name the folder with the files.`);
  const files = await readReference(folder);
  if (verb === 'check') {
    const lines = checkReference(files);
    process.stdout.write(
      `${Object.entries(lines)
        .map(([file, of]) => `${file} ${of.length}`)
        .join(', ')}: all as they should be.\n`,
    );
    return 0;
  }
  if (values.aws) {
    const config = await readConfig(values.config);
    const done = await onAws(config, { vendors: [], pseudonyms: true }, (platform) =>
      pushDeployed(platform, files, config),
    );
    process.stdout.write(`${done}\n`);
    return 0;
  }
  const facts = await needLake(values.lake);
  const { platform, close } = await operator(values.lake);
  try {
    const { version, changed } = await pushByHand(platform, files, facts);
    process.stdout.write(
      changed.length === 0
        ? `Nothing differs from what stands (version ${version}).\n`
        : `Version ${version} is in; ${changed.join(', ')} changed. The next 'npm start' makes what they touch.\n`,
    );
    return 0;
  } finally {
    await close();
  }
}

/** Takes files into a deployed lake, and lets the months that they touch be made anew; answers a sentence. */
export async function pushDeployed(
  platform: Platform,
  files: Readonly<Record<string, string>>,
  { historyDays }: Pick<Config, 'historyDays'>,
): Promise<string> {
  const today = dayOf(platform.clock.now());
  const { version, changed } = await pushReference(platform, files, await calendarOf(platform, today, historyDays));
  if (changed.length === 0) return `Nothing differs from what stands (version ${version}).`;
  await makeAnew(platform, `reference.${version}`);
  return `Version ${version} is in; ${changed.join(', ')} changed. What they touch is made anew within minutes.`;
}
