import { parseArgs } from 'node:util';
import { putSecret } from '../functions/lib/put-secret.ts';
import { connectionsOf } from '../shared/config.ts';
import { VENDORS } from '../shared/sources/index.ts';
import { UsageError } from './options.ts';
import { readConfig } from './real-world.ts';

const HELP = `npm run secret -- put CONNECTION     stores a connection's key in your AWS account (read from the terminal, or piped)

  --config FILE   the settings (outlay.config.ts)
  On this machine alone keys come from the environment: see npm start -- --help
`;

/** `npm run secret`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      config: { type: 'string', default: 'outlay.config.ts' },
    },
  });
  const [verb, id] = positionals;
  if (values.help || verb === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (verb !== 'put') throw new UsageError(`secret ${verb}: must be put.`);
  const known = connectionsOf(await readConfig(values.config), VENDORS);
  const connection = known.find((one) => one.id === id);
  if (connection === undefined)
    throw new UsageError(
      `secret put ${id ?? ''}: ${values.config} has the connections ${known.map((one) => one.id).join(', ')}.`,
    );
  const value = (await readSilently(`Key of ${connection.id}: `)).trim();
  if (value === '') throw new UsageError('No key was given; nothing was stored.');
  await putSecret(connection.secret, value);
  process.stdout.write(
    `The key of ${connection.id} is stored as ${connection.secret}; npm run doctor says whether it works.\n`,
  );
  return 0;
}

/** A line from standard input; on a terminal nothing of it is shown. */
async function readSilently(prompt: string): Promise<string> {
  const { stdin, stdout } = process;
  if (stdin.isTTY) {
    stdout.write(prompt);
    stdin.setRawMode(true);
  }
  let text = '';
  try {
    for await (const chunk of stdin) {
      text += String(chunk);
      if (text.includes('\u0003')) throw new UsageError('Stopped; nothing was stored.');
      if (stdin.isTTY && /[\r\n]/.test(text)) break;
    }
  } finally {
    if (stdin.isTTY) {
      stdin.setRawMode(false);
      stdout.write('\n');
    }
  }
  return text.split(/[\r\n]/)[0] ?? '';
}
