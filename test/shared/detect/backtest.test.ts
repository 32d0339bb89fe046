import { describe, expect, it } from 'vitest';
import { replay } from '../../../shared/detect.ts';
import { allIncidents } from '../../../shared/incidents/export.ts';
import type { Incident } from '../../../shared/incidents.ts';
import type { Day } from '../../../shared/time.ts';
import { madeCompany, type Planted } from './made-company.ts';
import { daysTo, worldOf } from './made-lake.ts';

const SEEDS = [1, 2, 3, 4, 5];
const DAYS: readonly Day[] = daysTo('2026-11-24', 120);
const WEEKS = DAYS.length / 7;

const isOf = (incident: Incident, { scope, team, from, to }: Planted): boolean =>
  [incident.scope_id, incident.team_id].some((id) => id === scope || id === team) &&
  incident.opened_day <= to &&
  incident.last_day >= from;

async function backtest(seed: number, withPlanted: boolean) {
  const { lake, planted } = madeCompany(seed, DAYS[0] ?? '', DAYS.length, withPlanted);
  const { platform } = worldOf(lake);
  await replay(platform, DAYS);
  const incidents = await allIncidents(platform);
  return {
    planted: planted.length,
    found: planted.filter((one) => incidents.some((incident) => isOf(incident, one))).length,
    named: planted.filter((one) => incidents.some((found) => isOf(found, one) && found.scope_id === one.scope)).length,
    noise: incidents.filter((incident) => !planted.some((one) => isOf(incident, one))).length,
  };
}

const total = (
  results: readonly Awaited<ReturnType<typeof backtest>>[],
  what: keyof Awaited<ReturnType<typeof backtest>>,
) => results.reduce((sum, result) => sum + result[what], 0);

describe('over five made companies of 60 people and 120 days', () => {
  it('finds nine in ten of what was planted, three in four by the right scope, with less than one false incident a week', async () => {
    const results = await Promise.all(SEEDS.map((seed) => backtest(seed, true)));
    expect(total(results, 'planted')).toBe(65);
    expect(total(results, 'found') / 65).toBeGreaterThanOrEqual(0.9);
    expect(total(results, 'named') / 65).toBeGreaterThanOrEqual(0.75);
    expect(total(results, 'noise') / (WEEKS * SEEDS.length)).toBeLessThan(0.75);
  });

  it('raises less than one incident a week where nothing was planted', async () => {
    const results = await Promise.all(SEEDS.map((seed) => backtest(seed, false)));
    expect(total(results, 'planted')).toBe(0);
    expect(total(results, 'noise') / (WEEKS * SEEDS.length)).toBeLessThan(0.75);
  });
});
