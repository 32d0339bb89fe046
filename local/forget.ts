import { parseArgs } from 'node:util';
import { type Forgotten, forget } from '../shared/forget.ts';
import { isPseudonym } from '../shared/pseudonym.ts';
import { onAws } from './aws.ts';
import { forgetKept } from './kept.ts';
import { operator } from './operator.ts';
import { UsageError } from './options.ts';
import { readConfig } from './real-world.ts';

const HELP = `npm run forget -- PERSON     erases a person's names from the lake; PERSON is an address or a pseudonym

  --lake DIR      (.outlay)
  --aws           the deployed lake instead, with this shell's AWS credentials
  --config FILE   the settings, for --aws (outlay.config.ts)
  Costs stay, under a pseudonym that nobody can resolve any more. A tombstone keeps the next directory read from
  bringing the name back. Take the person out of people.csv too.
`;

/** `npm run forget`. */
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
  const [person] = positionals;
  if (values.help || person === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (!person.includes('@') && !isPseudonym(person))
    throw new UsageError('forget: PERSON must be an e-mail address, or a pseudonym such as p_0123….');
  if (values.aws) {
    const config = await readConfig(values.config);
    const done = await onAws(config, { vendors: [], pseudonyms: true }, (platform) => forget(platform, person));
    process.stdout.write(`${said(done)} Former versions of the objects go within a day.\n`);
    return 0;
  }
  const { platform, close } = await operator(values.lake);
  try {
    process.stdout.write(`${said(await forget(platform, person))}\n`);
    forgetKept(values.lake);
    return 0;
  } finally {
    await close();
  }
}

const said = ({ ids, rows }: Forgotten): string =>
  `${rows} row${rows === 1 ? '' : 's'} with names ${rows === 1 ? 'is' : 'are'} gone; ${ids.length} pseudonym${ids.length === 1 ? '' : 's'} will not be named again.`;
