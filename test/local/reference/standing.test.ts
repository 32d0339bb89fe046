import { expect, it } from 'vitest';
import { pushByHand, pushByRun } from '../../../local/reference/standing.ts';
import type { Platform } from '../../../shared/platform.ts';
import { pushReference } from '../../../shared/reference/push.ts';
import { teams } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';

const days = { since: '2026-11-23', through: '2026-11-24' };

/** A company's files, with one team. */
const filesOf = (team: string): Readonly<Record<string, string>> => ({
  'people.csv': 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n',
  'teams.csv': `team,name,parent,cost_center,owner,time_zone,channel\n${team},${team},,CC-1,,,\n`,
});
const [none, ours, others] = [{}, filesOf('search'), filesOf('data')];

type Step = (platform: Platform) => Promise<unknown>;
type Files = Readonly<Record<string, string>>;
const run =
  (files: Files): Step =>
  (platform) =>
    pushByRun(platform, files, days);
const hand =
  (files: Files): Step =>
  (platform) =>
    pushByHand(platform, files, days);
/** As versions before this one pushed, whoever did. */
const formerly =
  (files: Files): Step =>
  (platform) =>
    pushReference(platform, files, { from: days.since, to: days.through });

/** Pushes in turn; answers what the last one said, and the teams that stand. */
async function after(steps: readonly Step[]) {
  const { platform } = testPlatform();
  let ended: unknown = null;
  for (const step of steps) ended = await step(platform);
  return { ended, teams: await teamsIn(platform) };
}
async function teamsIn({ objects, codec }: Platform) {
  const stored = await objects.get('reference/teams/data.parquet');
  const rows = stored === null ? [] : await codec.readParquet(teams, stored.body);
  return rows.map(({ team_id }) => team_id);
}

it.each<[string, Step[], { ended: boolean; teams: string[] }]>([
  ['the files of a run', [run(ours)], { ended: false, teams: ['search'] }],
  ['the newer files of a run', [run(ours), run(others)], { ended: false, teams: ['data'] }],
  ['nobody, where a run has no files any more,', [run(ours), run(none)], { ended: false, teams: [] }],
  [
    'what was pushed by hand, after runs of the same files,',
    [run(ours), hand(others), run(ours), run(ours)],
    { ended: false, teams: ['data'] },
  ],
  [
    'what was pushed by hand, after runs that have no files,',
    [run(ours), hand(others), run(none)],
    { ended: false, teams: ['data'] },
  ],
  [
    'what was pushed by hand into a lake of an earlier version',
    [formerly(ours), hand(others), run(ours), run(ours)],
    { ended: false, teams: ['data'] },
  ],
  ['the files of a run that had none before', [run(none), hand(others), run(ours)], { ended: true, teams: ['search'] }],
  [
    'the files of a run that had none before, in a lake of an earlier version,',
    [formerly(others), hand(others), run(none), run(ours)],
    { ended: true, teams: ['search'] },
  ],
  [
    'the files of runs again, once one has ended the push by hand,',
    [run(ours), hand(others), run(filesOf('ads')), run(ours)],
    { ended: false, teams: ['search'] },
  ],
])('%s stands', async (_, steps, stands) => {
  expect(await after(steps)).toEqual(stands);
});

it('changes nothing at a second run, whoever pushed', async () => {
  const { platform, bucket } = testPlatform();
  await pushByRun(platform, ours, days);
  const once = new Map(bucket);
  await pushByRun(platform, ours, days);
  expect(bucket).toEqual(once);
  await pushByHand(platform, others, days);
  const pushed = new Map(bucket);
  await pushByRun(platform, ours, days);
  expect(bucket).toEqual(pushed);
});
