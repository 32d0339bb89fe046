import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codec } from '../functions/lib/codec.ts';
import { type Labels, loadLabels } from '../shared/alerts/labels.ts';
import { dollars, NO_LABELS } from '../shared/alerts/words.ts';
import { acknowledge, expect, PersonError, snooze } from '../shared/incidents/answer.ts';
import { allIncidents, exportIncidents } from '../shared/incidents/export.ts';
import { amounts, type Incident } from '../shared/incidents.ts';
import type { Platform } from '../shared/platform.ts';
import { isDenied, onAws } from './aws.ts';
import { noLakeIn } from './lake.ts';
import { folderObjects } from './platform/objects.ts';
import { sqliteState } from './platform/state.ts';
import { readConfig } from './real-world.ts';

const HELP = `npm run incident -- list                  what was found, and where it stands
npm run incident -- expect ID             it was expected: raises the bound of whose it is for a while
npm run incident -- ack ID                somebody looks after it: told again only at three times as much
npm run incident -- snooze ID             later: nothing is told of it for a while, then again if it is not over

  --until DAY     expect: last day it holds (two weeks after the incident's last day)
                  snooze: last day of silence (three days from now)
  --factor N      expect: how many times the bound (enough for what was seen, and a quarter)
  --note TEXT     expect, ack, snooze: what to remember
  --lake DIR      the lake (.outlay)
  --aws           the deployed lake instead, with this shell's AWS credentials
  --config FILE   the settings, for --aws (outlay.config.ts)`;

type Lake = Pick<Platform, 'state' | 'objects' | 'codec' | 'clock'>;

/** Runs the command; answers what to print. @throws PersonError with a sentence that says what to do. */
export async function run(args: readonly string[]): Promise<string> {
  const { values, positionals } = parsed(args);
  const [verb, id] = positionals;
  if (values.help === true || verb === undefined) return HELP;
  if (values.aws === true) {
    const config = await readConfig(values.config ?? 'outlay.config.ts');
    return onAws(config, { vendors: [], pseudonyms: false }, (lake) => answer(lake, verb, id, values));
  }
  const folder = values.lake ?? '.outlay';
  const file = join(folder, 'state.sqlite');
  if (!existsSync(file)) throw noLakeIn(folder);
  const state = sqliteState(file);
  try {
    const lake = { state, objects: folderObjects(folder), codec, clock: { now: Date.now, sleep: async () => {} } };
    return await answer(lake, verb, id, values);
  } finally {
    state.close();
  }
}

/** What a person may say of an incident. */
const VERBS = new Map<string, (lake: Lake, id: string, said: Parameters<typeof expect>[2]) => Promise<string>>([
  ['expect', expect],
  ['ack', (lake, id, { note }) => acknowledge(lake, id, note)],
  ['snooze', snooze],
]);

type Options = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const options = {
    ...{ lake: text, config: text, until: text, factor: text, note: text, aws: yes },
    help: { ...yes, short: 'h' },
  } as const;
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

async function answer(lake: Lake, verb: string, id: string | undefined, options: Options): Promise<string> {
  // Names are put on for whom the lake lets read them; for others the ids stand.
  const labels = await loadLabels(lake, true).catch((error: unknown) => {
    if (isDenied(error)) return NO_LABELS;
    throw error;
  });
  if (verb === 'list') return listed(await allIncidents(lake), labels);
  const say = VERBS.get(verb);
  if (say === undefined) throw new PersonError(`'${verb}' is none of list, ${[...VERBS.keys()].join(', ')}`);
  if (id === undefined)
    throw new PersonError(`${verb} needs the id of an incident: npm run incident -- list shows them`);
  const { note = null, until = null, factor = null } = options;
  const said = await say(lake, id, { note, until, factor });
  await exportIncidents(lake);
  return said;
}

function listed(incidents: readonly Incident[], labels: Labels): string {
  if (incidents.length === 0) return 'No incidents.';
  const rows = incidents.map((incident) => [
    incident.incident_id,
    incident.state,
    incident.kind,
    labels(incident.scope_id) ?? incident.scope_id,
    incident.opened_day === incident.last_day ? incident.last_day : `${incident.opened_day}..${incident.last_day}`,
    `+${dollars(amounts(incident).excess_cost)}`,
    incident.owner_id === null ? 'nobody yet' : (labels(incident.owner_id) ?? incident.owner_id),
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
