import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { codec } from '../../functions/lib/codec.ts';
import { standingClock } from '../../local/platform/clock.ts';
import { folderObjects } from '../../local/platform/objects.ts';
import { main } from '../../local/reference.ts';
import { runLake } from '../../local/run.ts';
import type { World } from '../../local/world.ts';
import type { Table } from '../../shared/table.ts';
import { calendar, teams } from '../../shared/tables/index.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'outlay-reference-'));

/** A company's files, with one team. */
const filesOf = (team: string): Record<string, string> => ({
  'people.csv': 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n',
  'teams.csv': `team,name,parent,cost_center,owner,time_zone,channel\n${team},${team},,CC-1,,,\n`,
});

/** A run for a company that asks no vendor; answers what was told. */
async function run(root: string, reference: World['reference'], through = '2026-11-24'): Promise<string[]> {
  const told: string[] = [];
  const world: World = {
    ...{ company: 'Larkspur', title: 'Larkspur', simulated: null, connections: [], showPeople: true, timeoutMs: 1000 },
    ...{ since: '2026-11-23', through, reference },
    secrets: { read: async () => 'key' },
    clock: standingClock(Date.parse(`${through}T06:00:00Z`)),
    stop: async () => {},
  };
  const telling = { progress: () => {}, step: () => {}, alert: (text: string) => void told.push(text), slack: null };
  const { detect, close } = await runLake(root, world, telling);
  await detect().finally(close);
  return told;
}

/** `npm run reference -- push`, of a folder with these files. */
async function push(root: string, files: Record<string, string>): Promise<void> {
  const dir = await folder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  await main(['push', dir, '--lake', root]);
}

async function columnOf(root: string, table: Table, column: string): Promise<string[]> {
  const stored = await folderObjects(root).get(`reference/${table.name}/data.parquet`);
  const rows = stored === null ? [] : await codec.readParquet(table, stored.body);
  return rows.map((row) => z.string().parse(row[column]));
}
const teamsIn = (root: string): Promise<string[]> => columnOf(root, teams, 'team_id');

it('leaves standing what was pushed by hand, while the calendar grows, until the files of a run are others', async () => {
  const root = await folder();
  await run(root, filesOf('search'));
  await push(root, filesOf('data'));
  expect(await run(root, filesOf('search'))).toEqual([]);
  expect(await teamsIn(root)).toEqual(['data']);
  expect((await columnOf(root, calendar, 'day')).at(-1)).toBe('2027-01-24');
  await run(root, filesOf('search'), '2026-11-25');
  expect(await teamsIn(root)).toEqual(['data']);
  expect((await columnOf(root, calendar, 'day')).at(-1)).toBe('2027-01-25');
  expect(await run(root, filesOf('ads'), '2026-11-25')).toEqual([
    'The reference files of this run have changed, and stand now in place of those that were pushed by hand.',
  ]);
  expect(await teamsIn(root)).toEqual(['ads']);
});
