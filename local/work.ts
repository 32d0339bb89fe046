import type { Failure, Progress } from './collecting.ts';
import type { Options } from './options.ts';
import type { ReportServer } from './report/server.ts';
import { beginReport, serveReport, summed } from './reporting.ts';
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
  const report = beginReport(run, world, options.lake);
  let server: ReportServer | null = null;
  try {
    // What takes long is not waited for: the money is on the page before detectors and checks have gone through it.
    if (!options.once && run.made.some(({ outcome }) => outcome === 'made')) {
      // A port that is taken is told at the end: the summary does not need it.
      const { generation } = report.stamp();
      server = await serveReport(run, report, { port: options.port, generation }).catch(() => null);
      if (server !== null)
        process.stdout.write(`Page     ${server.url}                incidents and checks in a moment\n`);
    }
    const { summary, generation, failedChecks } = await summed(run, report, options.lake, process.stdout);
    process.stdout.write(summary);
    for (const text of alerts) process.stdout.write(`\n${text}\n`);
    const failures = [...run.collected.failures.map(inWords), ...run.refused];
    for (const says of failures) process.stderr.write(`${says}\n`);
    if (!options.once) {
      if (server === null) server = await serveReport(run, report, { port: options.port, generation });
      else await server.renew(generation);
      process.stdout.write(`\nReport   ${server.url}                stop with Ctrl-C\n`);
      await stopped();
    }
    return failedChecks > 0 || failures.length > 0 ? 1 : 0;
  } finally {
    await server?.stop();
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
