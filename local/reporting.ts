import { stat as fileStat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Said } from '../shared/checks.ts';
import { incidents } from '../shared/tables/incidents.ts';
import { instant } from '../shared/time.ts';
import { checked } from './checked.ts';
import { generationOf } from './lake-generation.ts';
import { readAddress } from './report/address.ts';
import { type ReportData, readReport } from './report/data.ts';
import { type Labels, readLabels } from './report/labels.ts';
import { readLake } from './report/lake.ts';
import { type Remembered, remembering } from './report/remembered.ts';
import type { Query } from './report/select.ts';
import { queryOf, type ReportServer, reportServer } from './report/server.ts';
import type { Spoken, Stamp } from './report/stamp.ts';
import type { View } from './report/view.ts';
import type { Run } from './run.ts';
import { besideCloud } from './terminal/beside-cloud.ts';
import { lookOf } from './terminal/look.ts';
import { summary } from './terminal/summary.ts';
import type { World } from './world.ts';

/** A run in a person's words, and what the page needs besides the marts. */
export interface Reported {
  /** The marts, and what the summary has read of them: the page shows most of it again. */
  readonly known: Remembered;
  readonly summary: string;
  readonly failedChecks: number;
  readonly stamp: Stamp;
  readonly labels: Labels;
  readonly showPeople: boolean;
}

/** Asks the checks and findings, and sums the run up for the terminal. */
export async function reported(run: Run, world: World, root: string, screen: NodeJS.WriteStream): Promise<Reported> {
  const { warehouse, queries } = run;
  const known = remembering(queryOf(warehouse.rows));
  const { query, forget } = known;
  const collected_at = instant(world.clock.now());
  const begun = {
    company: world.company,
    made_up: world.simulated !== null,
    collected_at,
  };
  // All at once: an engine has more than one core. Of what the page shows, detection writes one table alone.
  const [said] = await Promise.all([
    checked(root, run.platform, queries),
    run.detected,
    // What fails here fails below, and is told there.
    shown(query, { ...begun, generation: '', checks: [], findings: [] }).catch(() => null),
  ]);
  forget(incidents.name);
  const checks = said.checks.map(inWords);
  const findings = said.findings.map(inWords);
  const stamp: Stamp = { ...begun, generation: generationOf(root), checks, findings };
  const { labels, data } = await shown(query, stamp);
  const view = (told: ReportData): View => ({ data: told, labels, showPeople: world.showPeople });
  const text =
    data === null
      ? 'The lake holds no spend yet.\n'
      : `${summary(view(data), { lake: root, bytes: await parquetBytes(root) }, lookOf(screen, process.env))}${besideCloud(view(data))}`;
  return {
    known,
    summary: text,
    stamp,
    labels,
    showPeople: world.showPeople,
    failedChecks: checks.filter(({ says }) => says.length > 0).length,
  };
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

/** Serves the report of a run. */
export const serveReport = (
  { warehouse }: Run,
  { known, stamp, labels, showPeople }: Reported,
  { lake, port }: { readonly lake: string; readonly port: number },
): Promise<ReportServer> =>
  reportServer({
    ...{ rows: warehouse.rows, known, labels, generation: stamp.generation, showPeople, port },
    stamp: () => ({ ...stamp, generation: generationOf(lake) }),
  });

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
