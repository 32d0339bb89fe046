import { parseArgs } from 'node:util';
import { NotDeployed } from '../functions/lib/deployment.ts';
import { putSecret } from '../functions/lib/put-secret.ts';
import { connectionsOf } from '../shared/config.ts';
import { plan } from '../shared/plan.ts';
import type { Platform } from '../shared/platform.ts';
import type { Connection } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { addDays, dayOf } from '../shared/time.ts';
import { onAws } from './aws.ts';
import { UsageError } from './options.ts';
import { readConfig } from './real-world.ts';

const HELP = `npm run secret -- put CONNECTION     stores a connection's key in your AWS account (read from the terminal, or piped),
                                     and queues what is due for it at once

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
  const config = await readConfig(values.config);
  const known = connectionsOf(config, VENDORS);
  const connection = known.find((one) => one.id === id);
  if (connection === undefined)
    throw new UsageError(
      `secret put ${id ?? ''}: ${values.config} has the connections ${known.map((one) => one.id).join(', ')}.`,
    );
  const value = (await readSilently(`Key of ${connection.id}: `)).trim();
  if (value === '') throw new UsageError('No key was given; nothing was stored.');
  await putSecret(connection.secret, value);
  const next = await onAws(config, { vendors: [connection.vendor], pseudonyms: false }, (platform) =>
    startWith(platform, connection, config.historyDays),
  ).catch((error: unknown) => {
    const why = error instanceof NotDeployed ? 'The first deployment uses it.' : 'The next hourly plan uses it.';
    return `${why} (Nothing was started now: ${error instanceof Error ? error.message : String(error)})`;
  });
  process.stdout.write(
    `The key of ${connection.id} is stored as ${connection.secret}; npm run doctor says whether it works. ${next}\n`,
  );
  return 0;
}

/** Plans a connection whose key has just been put, instead of waiting for the hour; answers a sentence. */
export async function startWith(platform: Platform, connection: Connection, historyDays: number): Promise<string> {
  const now = platform.clock.now();
  // The hour's own plan may have asked the same minutes ago, without a key: SQS would drop an id that it has seen.
  const queue: Platform['queue'] = {
    send: (messages) => platform.queue.send(messages.map((one) => ({ ...one, id: `${one.id}.key.${now}` }))),
  };
  const today = dayOf(now);
  const { dueDays } = await plan(
    { ...platform, queue },
    { sources: SOURCES, connections: [connection], since: addDays(today, -historyDays), through: today },
  );
  return dueDays === 0 ? 'Nothing is due for it now.' : `${dueDays} days of its sources are queued.`;
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
