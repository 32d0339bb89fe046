import { describe, expect, it } from 'vitest';
import { detect } from '../../../shared/detect.ts';
import { incidentRows } from '../../../shared/incidents/export.ts';
import { addDays } from '../../../shared/time.ts';
import { worldOf } from './made-lake.ts';
import { changes, history, live, restate, running, TUESDAY, usualLake } from './running.ts';

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
