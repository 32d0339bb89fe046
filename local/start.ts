import { mkdir } from 'node:fs/promises';
import { VENDORS } from '../shared/sources/index.ts';
import type { Failure, Progress } from './collecting.ts';
import { helpText } from './help.ts';
import { standingLake } from './lake.ts';
import { lockLake } from './lock.ts';
import { type Options, readOptions } from './options.ts';
import { realWorld } from './real-world.ts';
import { reported, serveReport } from './reporting.ts';
import { runLake } from './run.ts';
import { terminalProgress } from './terminal/progress.ts';
import { simulatedWorld } from './world.ts';

/** `npm start`: the whole system on a laptop. Answers the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, Date.now(), standingLake);
  if (options === 'help') {
    process.stdout.write(helpText(VENDORS));
    return 0;
  }
  await mkdir(options.lake, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The lake ${options.lake} cannot be made (${error.code ?? error.message}); give another with --lake DIR.`,
      { cause: error },
    );
  });
  const release = await lockLake(options.lake);
  const world = options.sources.length > 0 ? await realWorld(options) : await simulatedWorld(options);
  try {
    return await work(options, world);
  } finally {
    await world.stop();
    await release();
  }
}

async function work(options: Options, world: Awaited<ReturnType<typeof simulatedWorld>>): Promise<number> {
  const progress = terminalProgress(process.stdout, {
    title: world.title,
    since: world.since,
    through: world.through,
    lake: options.lake,
    connections: world.connections,
  });
  const alerts: string[] = [];
  const focus = { files: options.focus, accept: options.acceptNonconformant };
  const run = await runLake(
    options.lake,
    { ...world, focus },
    {
      progress: (one: Progress) => progress.update(one),
      step: (says) => progress.step(says),
      alert: (text) => alerts.push(text),
      slack: options.slack,
    },
  ).finally(() => progress.end());
  try {
    const report = await reported(run, world, options.lake, process.stdout);
    process.stdout.write(report.summary);
    for (const text of alerts) process.stdout.write(`\n${text}\n`);
    for (const failure of run.collected.failures) process.stderr.write(`${inWords(failure)}\n`);
    const status = report.failedChecks > 0 || run.collected.failures.length > 0 ? 1 : 0;
    if (options.once) return status;
    const server = await serveReport(run, report, options);
    process.stdout.write(`\nReport   ${server.url}                stop with Ctrl-C\n`);
    await stopped();
    await server.stop();
    return status;
  } finally {
    await run.close();
  }
}

const inWords = ({ source, connection, from, to, says }: Failure): string =>
  `${source} of ${connection}, ${from} to ${to}: ${says}`;

/** Waits for Ctrl-C, or for whoever started us to end us. */
const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
