import { describe, expect, it } from 'vitest';
import { type Message, message } from '../../shared/alerts/message.ts';
import { detect, replay } from '../../shared/detect.ts';
import { acknowledge, expect as expected } from '../../shared/incidents/answer.ts';
import { allIncidents, incidentRows } from '../../shared/incidents/export.ts';
import { deliver } from '../../shared/incidents/outbox.ts';
import type { Platform } from '../../shared/platform.ts';
import { addDays, type Day, startOf } from '../../shared/time.ts';
import type { testPlatform } from '../platform/index.ts';
import { daysTo, emptyLake, type MadeLake, worldOf } from './detect/made-lake.ts';

const TUESDAY = '2026-11-24';
const history = daysTo('2026-11-23', 40);

/** Five people of the team search, $20 each on working days, and a key of its own at $8 every day. */
function usualLake(days: readonly Day[] = [...history, TUESDAY]): MadeLake {
  const lake = emptyLake();
  lake.teams.push({ team_id: 'search', owner_id: 'p_1', path: 'company/search/' });
  lake.keys.push({ id: 'key_ci', owner_id: 'p_5' });
  for (const day of days) {
    const works = new Date(startOf(day)).getUTCDay() % 6 !== 0;
    for (const index of works ? [1, 2, 3, 4, 5] : []) {
      lake.costs.push({ day, scope_kind: 'person', scope_id: `p_${index}`, team_id: 'search', amount: '20' });
    }
    lake.costs.push({ day, scope_kind: 'credential', scope_id: 'key_ci', team_id: 'search', amount: '8' });
    sumUp(lake, day);
  }
  return lake;
}

function sumUp(lake: MadeLake, day: Day): void {
  lake.costs = lake.costs.filter((cost) => cost.day !== day || cost.scope_kind !== 'team');
  const isOnesOwn = (id: string): boolean => lake.keys.some((key) => key.id === id && key.owner_id === 'p_2');
  const inside = lake.costs.filter((cost) => cost.day === day && !isOnesOwn(cost.scope_id));
  const amount = inside.reduce((total, cost) => total + Number(cost.amount), 0).toFixed(2);
  lake.costs.push({ day, scope_kind: 'team', scope_id: 'search', team_id: 'search', amount });
}

/** The scope's day costs this now; its team follows. */
function restate(lake: MadeLake, scope_id: string, day: Day, amount: string): void {
  const scope_kind = scope_id.startsWith('p_') ? 'person' : 'credential';
  lake.costs = lake.costs.filter((cost) => cost.day !== day || cost.scope_id !== scope_id);
  lake.costs.push({ day, scope_kind, scope_id, team_id: 'search', amount });
  sumUp(lake, day);
}

/** A lake whose history is in the state; the clock stands in the afternoon of the Tuesday. */
async function running(given: Parameters<typeof testPlatform>[0] = {}) {
  const lake = usualLake();
  const world = worldOf(lake, { now: `${TUESDAY}T14:00:00Z`, ...given });
  await detect(world.platform, { days: history, mode: 'backfill' });
  const told = (): Message[] => world.published.map(({ body }) => message.parse(JSON.parse(body).message));
  const at = (now: string): Platform => ({
    ...world.platform,
    clock: { ...world.platform.clock, now: () => Date.parse(now) },
  });
  return { ...world, lake, told, at };
}

const live = { days: [TUESDAY], mode: 'live' } as const;
const changes = (messages: readonly Message[]) => messages.map(({ id, change }) => [id.split('#')[1], change]);

describe('a usual day', () => {
  it('opens and tells nothing', async () => {
    const { platform, told } = await running();
    expect(await detect(platform, live)).toMatchObject({ judged: 7, told: 0 });
    expect(await incidentRows(platform)).toEqual([]);
    expect(told()).toEqual([]);
  });
});

describe('a spike', () => {
  it('of a person is one incident of that person, and explains its team', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310.25');
    await detect(platform, live);
    expect(await incidentRows(platform)).toEqual([
      {
        incident_id: expect.stringMatching(/^inc-20261124-[0-9a-f]{6}$/),
        ...{
          version: 1,
          kind: 'spend_spike',
          scope_kind: 'person',
          scope_id: 'p_2',
          team_id: 'search',
          owner_id: 'p_2',
        },
        ...{ provider: 'anthropic', severity: 'critical', state: 'open', opened_day: TUESDAY, last_day: TUESDAY },
        ...{ opened_at: '2026-11-24T14:00:00.000Z', changed_at: '2026-11-24T14:00:00.000Z' },
        ...{ actual_cost: '310.2500000000', expected_cost: '20.0000000000', excess_cost: '290.2500000000' },
        baseline: 'usual $20.00 (median of 20 active working days in four weeks), bound $70.00',
        cause: "One person's sessions at anthropic: a long session with a large context, a loop, or a dearer model.",
        next_step: 'Look for a session that still runs and stop it; begin the next task with a fresh context.',
        note: null,
      },
    ]);
    expect(changes(told())).toEqual([['1', 'opened']]);
  });

  it('of a key is told to its owner', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'key_ci', TUESDAY, '276');
    await detect(platform, live);
    expect(told().map(({ scope, owner_id }) => [scope.id, owner_id])).toEqual([['key_ci', 'p_5']]);
  });

  it('of a person and of the key that the person used is only the person’s', async () => {
    const { platform, lake, told } = await running();
    lake.keys.splice(0, 1, { id: 'key_ci', owner_id: 'p_2' });
    restate(lake, 'key_ci', TUESDAY, '276');
    restate(lake, 'p_2', TUESDAY, '296');
    await detect(platform, live);
    expect(told().map(({ scope }) => scope.id)).toEqual(['p_2']);
  });

  it('that all of a team share is the team’s, and its owner is told', async () => {
    const { platform, lake, told } = await running();
    for (const index of [1, 2, 3, 4, 5]) restate(lake, `p_${index}`, TUESDAY, '60');
    await detect(platform, live);
    const [only] = told();
    expect(told()).toHaveLength(1);
    expect(only).toMatchObject({
      scope: { kind: 'team', id: 'search' },
      owner_id: 'p_1',
      excess_cost: '200.0000000000',
    });
    expect(only?.cause).toContain('5 of 6 people and keys cost more than half again their usual');
    expect(only?.contributors).toHaveLength(5);
  });

  it('that all of a team share is not told of each person, however much each spent', async () => {
    const { platform, lake, told } = await running();
    for (const index of [1, 2, 3, 4, 5]) restate(lake, `p_${index}`, TUESDAY, '100');
    await detect(platform, live);
    expect(told().map(({ scope }) => scope.id)).toEqual(['search']);
  });

  it('found of a team first is explained when its cause is found', async () => {
    const { platform, lake, told } = await running();
    // Twelve people whose teams are told late: first only the team's figure is there.
    lake.costs = lake.costs.filter((cost) => cost.day !== TUESDAY);
    lake.costs.push({ day: TUESDAY, scope_kind: 'team', scope_id: 'search', team_id: 'search', amount: '500' });
    await detect(platform, live);
    lake.costs.push({ day: TUESDAY, scope_kind: 'person', scope_id: 'p_3', team_id: 'search', amount: '420' });
    await detect(platform, live);
    expect(told().map(({ scope, change, state }) => [scope.id, change, state])).toEqual([
      ['search', 'opened', 'open'],
      ['search', 'explained', 'closed'],
      ['p_3', 'opened', 'open'],
    ]);
  });
});

describe('telling', () => {
  it('happens once however often the same days are judged', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    const first = await allIncidents(platform);
    await detect(platform, live);
    await detect(platform, live);
    expect(told()).toHaveLength(1);
    expect(await allIncidents(platform)).toEqual(first);
  });

  it('happens once when two detectors run at the same moment', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await Promise.all([detect(platform, live), detect(platform, live)]);
    expect(new Set(told().map(({ id }) => id)).size).toBe(1);
    expect(await incidentRows(platform)).toHaveLength(1);
  });

  it('is made up for, under the same id, after a crash between keeping and publishing', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    const dead = { ...platform, notify: { publish: () => Promise.reject(new Error('the topic does not answer')) } };
    await expect(detect(dead, live)).rejects.toThrow('1 alerts could not be published; they wait and are sent again');
    expect(told()).toEqual([]);
    await detect(platform, live);
    await detect(platform, live);
    expect(changes(told())).toEqual([['1', 'opened']]);
  });

  it('of one incident is not held up by another that cannot be published', async () => {
    const { platform, lake, published } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    restate(lake, 'p_3', TUESDAY, '310');
    let calls = 0;
    const half: Platform['notify'] = {
      publish: (notification) =>
        calls++ === 0 ? Promise.reject(new Error('no')) : platform.notify.publish(notification),
    };
    await expect(detect({ ...platform, notify: half }, live)).rejects.toThrow('1 alerts');
    expect(published).toHaveLength(1);
    expect(await deliver(platform)).toBe(1);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  it('comes again at three times the excess, not before twelve hours have passed', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', TUESDAY, '210');
    await detect(at('2026-11-24T06:00:00Z'), live);
    restate(lake, 'p_2', TUESDAY, '590');
    await detect(at('2026-11-24T17:59:00Z'), live);
    expect(changes(told())).toEqual([['1', 'opened']]);
    await detect(at('2026-11-24T18:00:00Z'), live);
    expect(changes(told())).toEqual([
      ['1', 'opened'],
      ['2', 'grew'],
    ]);
  });

  it('comes again at once when it becomes critical', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '100');
    await detect(platform, live);
    restate(lake, 'p_2', TUESDAY, '190');
    await detect(platform, live);
    expect(told().map(({ change, severity }) => [change, severity])).toEqual([
      ['opened', 'warning'],
      ['escalated', 'critical'],
    ]);
  });
});

describe('a corrected day', () => {
  it('closes what it had opened, and raises once if it is corrected up again', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    restate(lake, 'p_2', TUESDAY, '21');
    await detect(platform, live);
    await detect(platform, live);
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    await detect(platform, live);
    expect(changes(told())).toEqual([
      ['1', 'opened'],
      ['2', 'corrected'],
      ['3', 'opened'],
    ]);
    expect(new Set(told().map(({ incident_id }) => incident_id)).size).toBe(1);
  });

  it('that vanishes closes too', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    lake.costs = lake.costs.filter((cost) => cost.day !== TUESDAY);
    await detect(platform, live);
    expect(changes(told()).at(-1)).toEqual(['2', 'corrected']);
  });

  it('of last week raises once; one from before that raises nothing', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', '2026-11-17', '310');
    restate(lake, 'p_3', '2026-11-16', '310');
    const again = { days: ['2026-11-16', '2026-11-17'], mode: 'live' } as const;
    await detect(platform, again);
    await detect(platform, again);
    expect(
      told()
        .filter(({ change }) => change === 'opened')
        .map(({ scope }) => scope.id),
    ).toEqual(['p_2']);
  });
});

describe('a backfill', () => {
  it('moves baselines and raises nothing', async () => {
    const { platform, lake, told } = await running();
    for (const day of history.slice(-20)) restate(lake, 'p_2', day, '310');
    await detect(platform, { days: history, mode: 'backfill' });
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    expect(told()).toEqual([]);
    expect(await incidentRows(platform)).toEqual([]);
  });
});

describe('a spike that only a backfill told of', () => {
  it('raises nothing, then or later', async () => {
    const { platform, lake, told } = await running();
    restate(lake, 'p_2', '2026-11-23', '310');
    await detect(platform, { days: ['2026-11-23'], mode: 'backfill' });
    await detect(platform, live);
    expect(told()).toEqual([]);
    expect(await incidentRows(platform)).toEqual([]);
  });
});

describe('an incident of several days', () => {
  const saturday = '2026-11-21';
  const sunday = '2026-11-22';

  it('is one, opened on its first day; it closes when three whole days were quiet', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', saturday, '300');
    await detect(at('2026-11-21T20:00:00Z'), { days: [saturday], mode: 'live' });
    restate(lake, 'p_2', sunday, '300');
    await detect(at('2026-11-22T20:00:00Z'), { days: [sunday], mode: 'live' });
    await detect(at('2026-11-25T23:00:00Z'), { days: ['2026-11-25'], mode: 'live' });
    expect(changes(told())).toEqual([['1', 'opened']]);
    await detect(at('2026-11-26T01:00:00Z'), { days: ['2026-11-26'], mode: 'live' });
    const [first, second] = told();
    expect([first?.first_day, first?.last_day]).toEqual([saturday, saturday]);
    expect(second).toMatchObject({
      change: 'closed',
      first_day: saturday,
      last_day: sunday,
      actual_cost: '600.0000000000',
    });
    expect(second?.severity).toBe('info');
  });

  it('does not close over days that could not be read', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', saturday, '300');
    await detect(at('2026-11-21T20:00:00Z'), { days: [saturday], mode: 'live' });
    const reading = { connection_id: 'anthropic.main', target: 'usage' };
    for (const day of [...history, TUESDAY, '2026-11-25']) {
      const generation = day > saturday ? null : `${addDays(day, 1)} 06:00:00`;
      lake.readings.push({ ...reading, day, generation, complete_through: generation });
    }
    await detect(at('2026-11-26T01:00:00Z'), { days: ['2026-11-26'], mode: 'live' });
    expect(changes(told())).toEqual([['1', 'opened']]);
  });

  it('that lasts for two weeks is the new usual, and says so', async () => {
    const { lake, told, at } = await running();
    for (const day of daysTo('2026-12-15', 20)) {
      for (const index of [1, 2, 3, 4, 5]) restate(lake, `p_${index}`, day, '55');
      await detect(at(`${day}T20:00:00Z`), { days: [day], mode: 'live' });
    }
    expect(
      told()
        .filter(({ scope }) => scope.kind === 'team')
        .map(({ change, last_day }) => [change, last_day]),
    ).toEqual([
      ['opened', '2026-11-26'],
      ['grew', '2026-11-28'],
      ['grew', '2026-12-05'],
      ['became_usual', '2026-12-09'],
    ]);
  });
});

describe('what people say of it', () => {
  const wednesday = '2026-11-25';
  const thursday = '2026-11-26';

  it('acknowledged: is silent until it is three times as much, and ends in silence', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', TUESDAY, '220');
    await detect(at('2026-11-24T14:00:00Z'), live);
    const [{ incident_id } = { incident_id: '' }] = told();
    await acknowledge(at('2026-11-24T15:00:00Z'), incident_id, 'known');
    restate(lake, 'p_2', wednesday, '380');
    await detect(at('2026-11-25T20:00:00Z'), { days: [wednesday], mode: 'live' });
    expect(told()).toHaveLength(1);
    restate(lake, 'p_2', thursday, '120');
    await detect(at('2026-11-26T20:00:00Z'), { days: [thursday], mode: 'live' });
    await detect(at('2026-12-02T20:00:00Z'), { days: ['2026-12-02'], mode: 'live' });
    expect(told().map(({ change, state }) => [change, state])).toEqual([
      ['opened', 'open'],
      ['grew', 'acknowledged'],
    ]);
    expect(await incidentRows(at(thursday))).toMatchObject([
      { state: 'closed', note: 'known', excess_cost: '660.0000000000' },
    ]);
  });

  it('expected: raises the bound of its scope for a while and explains its team; more than that is news', async () => {
    const { lake, told, at, platform } = await running();
    restate(lake, 'p_2', TUESDAY, '220');
    await detect(platform, live);
    const [{ incident_id } = { incident_id: '' }] = told();
    expect(await expected(platform, incident_id, { note: null, until: '2026-11-27', factor: null })).toBe(
      `${incident_id} was expected: until 2026-11-27 the bound of its person is 4 times the usual one.`,
    );
    restate(lake, 'p_2', wednesday, '250');
    await detect(at('2026-11-25T20:00:00Z'), { days: [TUESDAY, wednesday], mode: 'live' });
    expect(told()).toHaveLength(1);
    expect(await incidentRows(platform)).toMatchObject([{ state: 'expected', actual_cost: '220.0000000000' }]);

    restate(lake, 'p_2', thursday, '1200');
    await detect(at('2026-11-26T20:00:00Z'), { days: [thursday], mode: 'live' });
    expect(told().map(({ change, state }) => [change, state])).toEqual([
      ['opened', 'open'],
      ['grew', 'expected'],
    ]);
  });
});

describe('replay of a history', () => {
  const days = [...history, TUESDAY];
  const planted = (): MadeLake => {
    const lake = usualLake();
    restate(lake, 'p_2', '2026-11-10', '310');
    restate(lake, 'p_3', '2026-11-23', '290');
    return lake;
  };

  it('finds the incidents of each day at their time, and tells only those still open at the end', async () => {
    const { platform, published } = worldOf(planted());
    await replay(platform, days);
    const rows = await incidentRows(platform);
    expect(rows.map(({ scope_id, state, opened_at, changed_at }) => [scope_id, state, opened_at, changed_at])).toEqual([
      ['p_2', 'closed', '2026-11-11T00:00:00.000Z', '2026-11-14T00:00:00.000Z'],
      ['p_3', 'open', '2026-11-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ]);
    expect(published.map(({ subject }) => subject)).toEqual(['Spend spike - person p_3 - +$270.00']);
  });

  it('comes to the same twice, and tells nothing the second time', async () => {
    const { platform, published } = worldOf(planted());
    await replay(platform, days);
    const first = await allIncidents(platform);
    await replay(platform, days);
    expect(await allIncidents(platform)).toEqual(first);
    expect(published).toHaveLength(1);
  });

  it('puts an incident down to the team of its day, also when the person has moved since', async () => {
    const lake = planted();
    lake.costs = lake.costs.map((cost) =>
      cost.scope_id === 'p_2' && cost.day < '2026-11-16' ? { ...cost, team_id: 'data' } : cost,
    );
    const { platform } = worldOf(lake);
    await replay(platform, days);
    await replay(platform, days);
    const ofPeople = (await incidentRows(platform)).filter(({ scope_kind }) => scope_kind === 'person');
    expect(ofPeople.map(({ scope_id, team_id }) => [scope_id, team_id])).toEqual([
      ['p_2', 'data'],
      ['p_3', 'search'],
    ]);
  });

  it('finds what live runs find', async () => {
    const lake = planted();
    const replayed = worldOf(lake);
    await replay(replayed.platform, days);
    const lived = worldOf(lake);
    for (const day of days) {
      const now = () => startOf(addDays(day, 1));
      await detect({ ...lived.platform, clock: { ...lived.platform.clock, now } }, { days: [day], mode: 'live' });
    }
    const found = (rows: Awaited<ReturnType<typeof incidentRows>>) =>
      rows.map(({ incident_id, state, actual_cost, opened_at }) => ({ incident_id, state, actual_cost, opened_at }));
    expect(found(await incidentRows(replayed.platform))).toEqual(found(await incidentRows(lived.platform)));
  });
});

describe('a day that was not read', () => {
  it('is no part of a baseline', async () => {
    const lake = usualLake();
    // Fifteen working days were read for an hour only: $1 instead of $20.
    const partly = history.filter((day) => day >= '2026-11-03');
    for (const day of partly) restate(lake, 'p_2', day, '1');
    for (const day of [...history, TUESDAY]) {
      const through = partly.includes(day) ? `${day} 01:00:00` : `${addDays(day, 1)} 00:00:00`;
      const generation = '2026-11-24 06:00:00';
      lake.readings.push({
        connection_id: 'anthropic.main',
        target: 'usage',
        day,
        generation,
        complete_through: through,
      });
    }
    restate(lake, 'p_2', TUESDAY, '69');
    const { platform } = worldOf(lake, { now: `${TUESDAY}T14:00:00Z` });
    await detect(platform, { days: history, mode: 'backfill' });
    await detect(platform, live);
    expect(await incidentRows(platform)).toEqual([]);
  });
});

describe('the export', () => {
  it('is a table of the lake at its fixed key', async () => {
    const { platform, lake, bucket } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    expect([...bucket.keys()]).toEqual(['status/incidents/data.parquet']);
  });
});
