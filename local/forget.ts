import { parseArgs } from 'node:util';
import { forget } from '../shared/forget.ts';
import { operator } from './operator.ts';
import { UsageError } from './options.ts';

const HELP = `npm run forget -- PERSON     erases a person's names from the lake; PERSON is an address or a pseudonym

  --lake DIR   (.outlay)
  Costs stay, under a pseudonym that nobody can resolve any more. A tombstone keeps the next directory read from
  bringing the name back. Take the person out of people.csv too.
`;

/** `npm run forget`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false }, lake: { type: 'string', default: '.outlay' } },
  });
  const [person] = positionals;
  if (values.help || person === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (!person.includes('@') && !/^[pul]_[0-9a-f]{32}$/.test(person))
    throw new UsageError('forget: PERSON must be an e-mail address, or a pseudonym such as p_0123….');
  const { platform, close } = await operator(values.lake);
  try {
    const { ids, rows } = await forget(platform, person);
    process.stdout.write(
      `${rows} rows with names are gone; ${ids.length} pseudonym${ids.length === 1 ? '' : 's'} will not be named again.\n`,
    );
    return 0;
  } finally {
    await close();
  }
}
