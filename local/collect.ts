import { parseArgs } from 'node:util';
import type { CollectMessage } from '../shared/source.ts';
import { SOURCES } from '../shared/sources/index.ts';
import { addDays, instant, isDay } from '../shared/time.ts';
import { needLake } from './lake.ts';
import { lockLake } from './lock.ts';
import { readOptions, UsageError } from './options.ts';
import { realWorld } from './real-world.ts';
import { runLake } from './run.ts';
import { simulatedWorld } from './world.ts';

const HELP = `npm run collect -- [--force] SOURCE.ALIAS DAY[..DAY]     asks for days again, now

  --force      takes the answer even if it would shrink a day to less than half of what stands
  --lake DIR   (.outlay)
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
    },
  });
  const [what, when] = positionals;
  if (values.help || what === undefined || when === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  const facts = await needLake(values.lake);
  const { source, connection } = sourceOf(what, facts.connections);
  const { from, to } = daysOf(when);
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
    const due = instant(world.clock.now());
    const messages = SOURCES.filter(({ id }) => id === source).map(
      ({ kind }): CollectMessage => ({
        source,
        connection,
        from: kind === 'snapshot' ? due.slice(0, 10) : from,
        to: kind === 'snapshot' ? addDays(due.slice(0, 10), 1) : to,
        due,
        mode: 'live',
        window: addDays(from, 1) === to || kind === 'snapshot' ? 'day' : 'run',
        part: 0,
        force: values.force,
      }),
    );
    const run = await runLake(
      values.lake,
      world,
      { progress: () => {}, step: () => {}, alert: (text) => process.stdout.write(`${text}\n`), slack: null },
      messages,
    );
    run.close();
    for (const { day, outcome, rows, message } of run.collected.days)
      process.stdout.write(`${what} ${day}: ${outcome}, ${rows} rows${message === null ? '' : `. ${message}`}\n`);
    for (const failure of run.collected.failures) process.stderr.write(`${what} ${failure.from}: ${failure.says}\n`);
    return run.collected.failures.length > 0 ? 1 : 0;
  } finally {
    await world.stop();
    await release();
  }
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
  throw new UsageError(`There is no source '${what}' in this lake; there are ${all.join(', ')}.`);
}

function daysOf(when: string): { from: string; to: string } {
  const [from = '', last = from] = when.split('..');
  if (!isDay(from) || !isDay(last) || last < from)
    throw new UsageError(`'${when}' is no day or run of days, such as 2026-11-22 or 2026-11-01..2026-11-07.`);
  return { from, to: addDays(last, 1) };
}
