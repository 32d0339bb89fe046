import { parseArgs } from 'node:util';
import { checkReference, pushReference } from '../shared/reference/push.ts';
import { addDays } from '../shared/time.ts';
import { needLake } from './lake.ts';
import { operator } from './operator.ts';
import { UsageError } from './options.ts';
import { readReference } from './real-world.ts';

const HELP = `npm run reference -- check DIR       the files of docs/reference-files.md: every mistake, nothing taken in
npm run reference -- push DIR        checks, then takes them in as a version; the next run makes the months they touch

  --lake DIR   (.outlay)
`;

/** Days that the calendar reaches past the last day of the lake: budgets and events lie ahead. */
const AHEAD = 62;

/** `npm run reference`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false }, lake: { type: 'string', default: '.outlay' } },
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
  const { since, through } = await needLake(values.lake);
  const { platform, close } = await operator(values.lake);
  try {
    const { version, changed } = await pushReference(platform, files, { from: since, to: addDays(through, AHEAD) });
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
