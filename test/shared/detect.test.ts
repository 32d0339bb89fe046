import { describe, expect, it } from 'vitest';
import { detect } from '../../shared/detect.ts';
import { allIncidents, incidentRows } from '../../shared/incidents/export.ts';
import { deliver } from '../../shared/incidents/outbox.ts';
import type { Platform } from '../../shared/platform.ts';
import { changes, live, restate, running, TUESDAY } from './detect/running.ts';

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
    lake.personalKeys.push('key_ci');
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

  it('of a key in a team whose people rose too is a second thing', async () => {
    const { platform, lake, told } = await running();
    for (const index of [1, 2, 3, 4, 5]) restate(lake, `p_${index}`, TUESDAY, '100');
    restate(lake, 'key_ci', TUESDAY, '276');
    await detect(platform, live);
    expect(
      told()
        .map(({ scope }) => scope.id)
        .sort(),
    ).toEqual(['key_ci', 'search']);
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

describe('the export', () => {
  it('is a table of the lake at its fixed key', async () => {
    const { platform, lake, bucket } = await running();
    restate(lake, 'p_2', TUESDAY, '310');
    await detect(platform, live);
    expect([...bucket.keys()]).toEqual(['status/incidents/data.parquet']);
  });
});
