import { stat as fileStat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Said } from '../shared/checks.ts';
import { incidents } from '../shared/tables/incidents.ts';
import { instant } from '../shared/time.ts';
import { type KnownAnswers, knownAnswers } from './answers.ts';
import { checked } from './checked.ts';
import { generationOf } from './lake-generation.ts';
import { readAddress } from './report/address.ts';
import { type ReportData, readReport } from './report/data.ts';
import { type Labels, readLabels } from './report/labels.ts';
import { readLake } from './report/lake.ts';
import type { Query } from './report/select.ts';
import { queryOf, type ReportServer, reportServer } from './report/server.ts';
import type { Spoken, Stamp } from './report/stamp.ts';
import type { View } from './report/view.ts';
import type { Run } from './run.ts';
import { besideCloud } from './terminal/beside-cloud.ts';
import { lookOf } from './terminal/look.ts';
import { summary as inTerminal } from './terminal/summary.ts';
import type { World } from './world.ts';

/** What checks and findings said. */
type Told = Pick<Stamp, 'checks' | 'findings'>;

/** A run whose months are made: what its page and its summary read, and what is said of it. */
export interface Report {
  /** The marts, and what has been read of them: page and summary show most of it twice. */
  readonly known: KnownAnswers;
  /** The lake as it stands, with what checks and findings have said by now. */
  readonly stamp: () => Stamp;
  /** Takes what checks and findings said. */
  readonly take: (told: Told) => void;
  readonly showPeople: boolean;
}

/** Begins the report of a run. */
export function beginReport({ platform, queries, warehouse }: Run, world: World, root: string): Report {
  let told: Told | null = null;
  const begun = {
    company: world.company,
    made_up: world.simulated !== null,
    collected_at: instant(world.clock.now()),
  };
  return {
    known: knownAnswers(root, platform, queries, queryOf(warehouse.rows)),
    stamp: () => ({
      ...begun,
      asking: told === null,
      // A page drawn while something was missing is drawn anew.
      generation: `${told === null ? 'asking' : 'told'} ${generationOf(root)}`,
      ...(told ?? { checks: [], findings: [] }),
    }),
    take: (all) => {
      told = all;
    },
    showPeople: world.showPeople,
  };
}

/** A run in a person's words. */
export interface Summed {
  readonly summary: string;
  /** The generation of the lake that the summary is of, and what is known by now. */
  readonly generation: string;
  readonly failedChecks: number;
}

/** Asks the checks and findings, waits for the detectors, and sums the run up for the terminal. */
export async function summed(run: Run, report: Report, root: string, screen: NodeJS.WriteStream): Promise<Summed> {
  const { query, forget, keep } = report.known;
  const asked = generationOf(root);
  // All at once: an engine has more than one core. Of what the page shows, detection writes one table alone.
  const [said] = await Promise.all([
    checked(root, run.platform, run.queries),
    run.detect(),
    // What fails here fails below, and is told there.
    shown(query, report.stamp()).catch(() => null),
  ]);
  if (generationOf(root) !== asked) forget(incidents.name);
  const checks = said.checks.map(inWords);
  report.take({ checks, findings: said.findings.map(inWords) });
  const stamp = report.stamp();
  const { labels, data } = await shown(query, stamp);
  await keep();
  const view = (told: ReportData): View => ({ data: told, labels, showPeople: report.showPeople });
  const summary =
    data === null
      ? 'The lake holds no spend yet.\n'
      : `${inTerminal(view(data), { lake: root, bytes: await parquetBytes(root) }, lookOf(screen, process.env))}${besideCloud(view(data))}`;
  const { generation } = stamp;
  return { summary, generation, failedChecks: checks.filter(({ says }) => says.length > 0).length };
}

/** What the summary shows; data null: the lake holds no spend yet. */
async function shown(
  query: Query,
  stamp: Stamp,
): Promise<{ readonly labels: Labels; readonly data: ReportData | null }> {
  const [labels, lake] = await Promise.all([readLabels(query), readLake(query)]);
  const data = lake === null ? null : await readReport(query, readAddress(new URLSearchParams(), lake), lake, stamp);
  return { labels, data };
}

const inWords = ({ name, rows, count }: Said): Spoken => ({
  name,
  says: [
    ...rows.map(({ says }) => says ?? name),
    ...(count > rows.length ? [`and ${count - rows.length} more`] : []),
  ].toSorted(),
});

/** Serves the report of a run, from when its months are made; what is known by then is of the lake in this generation. */
export async function serveReport(
  { warehouse }: Run,
  { known, stamp, showPeople }: Report,
  { port, generation }: { readonly port: number; readonly generation: string },
): Promise<ReportServer> {
  const labels = await readLabels(known.query);
  return reportServer({ rows: warehouse.rows, known, labels, generation, showPeople, port, stamp });
}

/** Bytes of Parquet in a lake. */
async function parquetBytes(root: string): Promise<number> {
  const names = await readdir(root, { recursive: true });
  const sizes = await Promise.all(
    names
      .filter((name) => name.endsWith('.parquet'))
      .map((name) =>
        fileStat(join(root, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
