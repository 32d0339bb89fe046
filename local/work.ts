import type { Failure, Progress } from './collecting.ts';
import type { Options } from './options.ts';
import { reported, serveReport } from './reporting.ts';
import { runLake } from './run.ts';
import { terminalProgress } from './terminal/progress.ts';
import type { World } from './world.ts';

/** All of `npm start` that comes once the world stands: the run, the summary, the page. Answers the exit status. */
export async function work(options: Options, world: World): Promise<number> {
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
