import { describe, expect, it } from 'vitest';
import { detect } from '../../../shared/detect.ts';
import { acknowledge, expect as expected, snooze } from '../../../shared/incidents/answer.ts';
import { incidentRows } from '../../../shared/incidents/export.ts';
import { addDays } from '../../../shared/time.ts';
import { daysTo } from '../detect/made-lake.ts';
import { changes, history, live, restate, running, TUESDAY } from '../detect/running.ts';

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

  it('snoozed: is silent until the day is over, also when it grows; then it is told again, for it goes on', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', TUESDAY, '220');
    await detect(at('2026-11-24T14:00:00Z'), live);
    const [{ incident_id } = { incident_id: '' }] = told();
    expect(
      await snooze(at('2026-11-24T15:00:00Z'), incident_id, { note: 'after the release', until: '2026-11-25' }),
    ).toBe(
      `${incident_id} is snoozed: nothing is told of it until 2026-11-25; if it is not over then, it is told again.`,
    );
    restate(lake, 'p_2', wednesday, '900');
    await detect(at('2026-11-25T23:00:00Z'), { days: [wednesday], mode: 'live' });
    expect(told()).toHaveLength(1);
    expect(await incidentRows(at(thursday))).toMatchObject([{ state: 'snoozed', actual_cost: '1120.0000000000' }]);
    await detect(at('2026-11-26T01:00:00Z'), { days: [thursday], mode: 'live' });
    await detect(at('2026-11-26T09:00:00Z'), { days: [thursday], mode: 'live' });
    expect(told().map(({ change, state, actual_cost }) => [change, state, actual_cost])).toEqual([
      ['opened', 'open', '220.0000000000'],
      ['resumed', 'open', '1120.0000000000'],
    ]);
  });

  it('snoozed: ends in silence when it is over meanwhile, and cannot be snoozed then', async () => {
    const { lake, told, at } = await running();
    restate(lake, 'p_2', TUESDAY, '220');
    await detect(at('2026-11-24T14:00:00Z'), live);
    const [{ incident_id } = { incident_id: '' }] = told();
    await snooze(at('2026-11-24T15:00:00Z'), incident_id, { note: null, until: null });
    await detect(at('2026-11-28T01:00:00Z'), { days: ['2026-11-28'], mode: 'live' });
    expect(told()).toHaveLength(1);
    expect(await incidentRows(at(thursday))).toMatchObject([{ state: 'closed' }]);
    await expect(snooze(at('2026-11-28T02:00:00Z'), incident_id, { note: null, until: null })).rejects.toThrow(
      `${incident_id} is closed: nothing more is told of it anyway`,
    );
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
