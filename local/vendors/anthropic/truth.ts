import { dayCache } from '../company/day-cache.ts';
import { type Refresh, refreshBefore, seenAfter } from '../company/settling.ts';
import type { World } from '../company/world.ts';
import { legacyPeopleUsage } from './legacy-people-usage.ts';
import type { Organisation } from './organisation.ts';
import { peopleUsage } from './people-usage.ts';
import { serviceUsage } from './service-usage.ts';
import { reported, type UsageRow } from './usage-row.ts';

/** Hours between an event and the rebuild that is sure to hold it. */
export const LAG_HOURS = 4;

const FIFTH = 5;
const UNKNOWN_MODEL_DAYS = 10;
const STUCK_DAYS = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Makes the usage of an organisation a day at a time, as a reader would see it after a rebuild of the data. */
export function usageOfDays(
  world: World,
  organisation: Organisation,
): (day: number, refresh: Refresh) => readonly UsageRow[] {
  const truth = dayCache((day) => {
    if (day < world.first || day > world.last) return [];
    const ofPeople = organisation.alias === 'legacy' ? legacyPeopleUsage : peopleUsage;
    const rows = [...ofPeople(world, organisation, day), ...serviceUsage(world, organisation, day)];
    return withOddities(world, organisation, day, rows);
  });
  return seenAfter(truth, reported);
}

/** The last rebuild of an organisation's data before an instant. */
export function refreshOf(world: World, organisation: Organisation, now: number): Refresh {
  // The legacy reports are minutes behind: what an hour holds is there when it has ended.
  if (organisation.alias === 'legacy') {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    return { at: hour, through: hour };
  }
  const isStuck = organisation.alias === 'main' && world.oddities.has('stuck-refresh');
  return refreshBefore(isStuck ? Math.min(now, (world.last + 1 - STUCK_DAYS) * DAY_MS) : now, LAG_HOURS);
}

function withOddities(
  { oddities, last }: World,
  { alias }: Organisation,
  day: number,
  rows: readonly UsageRow[],
): readonly UsageRow[] {
  const isShrunken = alias === 'main' && day === last - 1 && oddities.has('shrunken-day');
  const kept = isShrunken ? rows.filter(({ grain }) => grain % FIFTH === 0) : rows;
  if (day <= last - UNKNOWN_MODEL_DAYS || !oddities.has('unknown-model-everywhere')) return kept;
  return kept.map((row) => (row.model?.startsWith('claude-sonnet') ? { ...row, model: 'claude-sonnet-next' } : row));
}
