import { dayCache } from '../company/day-cache.ts';
import { type Refresh, seenAfter } from '../company/settling.ts';
import type { World } from '../company/world.ts';
import type { Organisation } from './organisation.ts';
import { peopleUsage } from './people-usage.ts';
import { serviceUsage } from './service-usage.ts';
import { reported, type UsageRow } from './usage-row.ts';

/** Hours between an event and the rebuild that is sure to hold it. */
export const LAG_HOURS = 1;

const SILENT_DAYS = 6;
const UNKNOWN_MODEL_DAYS = 10;

/** Makes the organisation's usage a day at a time, as a reader would see it after a rebuild of the data. */
export function usageOfDays(
  world: World,
  organisation: Organisation,
): (day: number, refresh: Refresh) => readonly UsageRow[] {
  const truth = dayCache((day) => {
    const isSilent = day > world.last - SILENT_DAYS && world.oddities.has('silent-source');
    if (day < world.first || day > world.last || isSilent) return [];
    const rows = [...peopleUsage(world, organisation, day), ...serviceUsage(world, organisation, day)];
    if (day <= world.last - UNKNOWN_MODEL_DAYS || !world.oddities.has('unknown-model-everywhere')) return rows;
    return rows.map((row) => (/^gpt-[\d.]+-sol/.test(row.model ?? '') ? { ...row, model: 'gpt-sol-next' } : row));
  });
  return seenAfter(truth, reported);
}
