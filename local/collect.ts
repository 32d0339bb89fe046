import { parseArgs } from 'node:util';
import { toMessage } from '../shared/plan/runs.ts';
import type { CollectMessage } from '../shared/source.ts';
import { SOURCES } from '../shared/sources/index.ts';
import { addDays, instant, isDay } from '../shared/time.ts';
import { onAws } from './aws.ts';
import { needLake } from './lake.ts';
import { lockLake } from './lock.ts';
import { readOptions, UsageError } from './options.ts';
import { readConfig, realWorld } from './real-world.ts';
import { runLake } from './run.ts';
import { simulatedWorld } from './world.ts';

const HELP = `npm run collect -- [--force] SOURCE.ALIAS DAY[..DAY]     asks for days again, now

  --force      takes the answer even if it would shrink a day to less than half of what stands
  --lake DIR   (.outlay)
  --aws        queues it for the deployed collector instead, with this shell's AWS credentials
  --config FILE
  e.g. npm run collect -- --force anthropic_usage.main 2026-11-22
`;

/** `npm run collect`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      force: { type: 'boolean', default: false },
      lake: { type: 'string', default: '.outlay' },
      config: { type: 'string', default: 'outlay.config.ts' },
      aws: { type: 'boolean', default: false },
    },
  });
  const [what, when] = positionals;
  if (values.help || what === undefined || when === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  const wanted = { ...daysOf(when), force: values.force };
  if (values.aws) {
    const config = await readConfig(values.config);
    const asked = sourceOf(
      what,
      config.connections.map(({ id }) => id),
    );
    const vendors = [asked.connection.slice(0, asked.connection.indexOf('.'))];
    await onAws(config, { vendors, pseudonyms: false }, async ({ queue, clock }) => {
      await queue.send(messagesFor({ ...asked, ...wanted }, clock.now()).map(toMessage));
    });
    process.stdout.write(`${what} ${when} is queued; collection_status says what came of it.\n`);
    return 0;
  }
  const facts = await needLake(values.lake);
  const { source, connection } = sourceOf(what, facts.connections);
  const simulated = facts.simulated;
  const days = Math.round((Date.parse(facts.through) - Date.parse(facts.since)) / 86_400_000) + 1;
  const asked = readOptions(
    simulated === null
      ? ['--sources', facts.connections.join(), '--config', values.config]
      : [
          '--seed',
          String(simulated.seed),
          '--developers',
          String(simulated.developers),
          '--end',
          facts.through,
          '--days',
          String(days),
          '--faults',
          'none',
        ],
    Date.now(),
  );
  if (asked === 'help') return 1;
  const release = await lockLake(values.lake);
  const world = simulated === null ? await realWorld(asked) : await simulatedWorld(asked);
  try {
    const messages = messagesFor({ source, connection, ...wanted }, world.clock.now());
    const run = await runLake(
      values.lake,
      world,
      { progress: () => {}, step: () => {}, alert: (text) => process.stdout.write(`${text}\n`), slack: null },
      messages,
    );
    await run.detect().finally(run.close);
    for (const { day, outcome, rows, message } of run.collected.days)
      process.stdout.write(`${what} ${day}: ${outcome}, ${rows} rows${message === null ? '' : `. ${message}`}\n`);
    for (const failure of run.collected.failures) process.stderr.write(`${what} ${failure.from}: ${failure.says}\n`);
    return run.collected.failures.length > 0 ? 1 : 0;
  } finally {
    await world.stop();
    await release();
  }
}

/** What is asked for by hand. */
interface ByHand extends Pick<CollectMessage, 'source' | 'connection' | 'from' | 'to' | 'force'> {}

/** The message that asks for days again, as of now; a directory is asked as it stands today. */
export function messagesFor({ source, connection, from, to, force }: ByHand, now: number): CollectMessage[] {
  const due = instant(now);
  const today = due.slice(0, 10);
  return SOURCES.filter(({ id }) => id === source).map(({ kind }) => ({
    source,
    connection,
    from: kind === 'snapshot' ? today : from,
    to: kind === 'snapshot' ? addDays(today, 1) : to,
    due,
    mode: 'live',
    window: addDays(from, 1) === to || kind === 'snapshot' ? 'day' : 'run',
    part: 0,
    force,
  }));
}

function sourceOf(what: string, connections: readonly string[]): { source: string; connection: string } {
  const [source = '', alias = ''] = what.split('.');
  const known = SOURCES.find(({ id }) => id === source);
  const connection = `${known?.vendor ?? ''}.${alias}`;
  if (known !== undefined && connections.includes(connection)) return { source, connection };
  const all = connections.flatMap((id) =>
    SOURCES.filter(({ vendor }) => id.startsWith(`${vendor}.`)).map(
      (one) => `${one.id}.${id.slice(id.indexOf('.') + 1)}`,
    ),
  );
  throw new UsageError(`There is no source '${what}' here; there are ${all.join(', ')}.`);
}

function daysOf(when: string): { from: string; to: string } {
  const [from = '', last = from] = when.split('..');
  if (!isDay(from) || !isDay(last) || last < from)
    throw new UsageError(`'${when}' is no day or run of days, such as 2026-11-22 or 2026-11-01..2026-11-07.`);
  return { from, to: addDays(last, 1) };
}
