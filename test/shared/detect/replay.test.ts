import { describe, expect, it } from 'vitest';
import { detect, replay } from '../../../shared/detect.ts';
import { allIncidents, incidentRows } from '../../../shared/incidents/export.ts';
import { addDays, startOf } from '../../../shared/time.ts';
import { type MadeLake, worldOf } from './made-lake.ts';
import { history, restate, TUESDAY, usualLake } from './running.ts';

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
