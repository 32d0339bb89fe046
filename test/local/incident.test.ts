import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../local/incident.ts';
import { folderObjects } from '../../local/platform/objects.ts';
import { sqliteState } from '../../local/platform/state.ts';
import { detect } from '../../shared/detect.ts';
import { incidentRows } from '../../shared/incidents/export.ts';
import { daysTo, emptyLake, worldOf } from '../shared/detect/made-lake.ts';

let lake: string;
let id: string;

/** A lake of a person who costs $20 a day, every day, and $300 today. */
beforeEach(async () => {
  lake = await mkdtemp(join(tmpdir(), 'outlay-incident-'));
  const made = emptyLake();
  const days = daysTo('2026-11-24', 30);
  made.costs = days.map((day) => ({
    ...{ day, scope_kind: 'person', scope_id: 'p_1', team_id: null },
    amount: day === '2026-11-24' ? '300' : '20',
  }));
  const state = sqliteState(join(lake, 'state.sqlite'));
  const { platform } = worldOf(made, { state, objects: folderObjects(lake), now: '2026-11-24T14:00:00Z' });
  await detect(platform, { days: days.slice(0, -1), mode: 'backfill' });
  await detect(platform, { days: ['2026-11-24'], mode: 'live' });
  id = (await incidentRows(platform))[0]?.incident_id ?? '';
  state.close();
});

const rows = async () => {
  const state = sqliteState(join(lake, 'state.sqlite'));
  const found = await incidentRows({ state });
  state.close();
  return found;
};

it('lists incidents, one a line', async () => {
  expect(await run(['list', '--lake', lake])).toBe(`${id}  open  spend_spike  p_1  2026-11-24  +$280.00  p_1`);
});

it('acknowledges one, with what was said', async () => {
  expect(await run(['ack', id, '--note', 'looking', '--lake', lake])).toBe(
    `${id} is acknowledged: it is told again only if it becomes three times as much.`,
  );
  expect(await rows()).toMatchObject([{ state: 'acknowledged', version: 2, note: 'looking' }]);
});

it('takes one as expected for two weeks, by as much as was seen and some room', async () => {
  expect(await run(['expect', id, '--lake', lake])).toBe(
    `${id} was expected: until 2026-12-08 the bound of its person is 5.4 times the usual one.`,
  );
  expect(await rows()).toMatchObject([{ state: 'expected' }]);
});

it('snoozes one for three days, or until a day that is said', async () => {
  const text = await run(['snooze', id, '--note', 'after the release', '--lake', lake]);
  expect(text).toMatch(
    / is snoozed: nothing is told of it until \d{4}-\d\d-\d\d; if it is not over then, it is told again\.$/,
  );
  expect(await run(['snooze', id, '--until', '2999-12-31', '--lake', lake])).toContain('until 2999-12-31;');
  expect(await rows()).toMatchObject([{ state: 'snoozed', version: 2, note: 'after the release' }]);
});

it('says how it is used', async () => {
  expect(await run([])).toContain('npm run incident -- list');
});

describe('what it cannot do it says in a sentence', () => {
  it.each([
    [
      ['list', '--lake', '/nowhere'],
      "There is no lake in /nowhere yet; 'npm start' makes one, --lake DIR names another.",
    ],
    [['forget'], "'forget' is none of list, expect, ack, snooze"],
    [['ack'], 'ack needs the id of an incident: npm run incident -- list shows them'],
    [['ack', 'inc-1'], "there is no incident 'inc-1': the newest is inc-20261124-"],
    [['expect', 'ID', '--until', 'soon'], "--until 'soon' is not a day such as 2026-12-24"],
    [
      ['expect', 'ID', '--until', '2026-11-01'],
      '--until 2026-11-01 lies before the incident, which began on 2026-11-24',
    ],
    [['snooze', 'ID', '--until', '2026-11-01'], '--until 2026-11-01 has passed; name the last day of silence'],
    [['snooze', 'ID', '--until', 'later'], "--until 'later' is not a day such as 2026-12-24"],
    [['expect', 'ID', '--factor', '0.5'], "--factor '0.5' is not a number of at least 1, such as 2.5"],
    [['list', '--all'], "Unknown option '--all'"],
  ])('%j', async (args, says) => {
    const named = args.map((arg) => (arg === 'ID' ? id : arg));
    await expect(run(['--lake', lake, ...named])).rejects.toThrow(says);
  });
});
