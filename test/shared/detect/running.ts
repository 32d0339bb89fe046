import { type Message, message } from '../../../shared/alerts/message.ts';
import { detect } from '../../../shared/detect.ts';
import type { Platform } from '../../../shared/platform.ts';
import { type Day, startOf } from '../../../shared/time.ts';
import type { testPlatform } from '../../platform/index.ts';
import { daysTo, emptyLake, type MadeLake, worldOf } from './made-lake.ts';

/** The day that runs, and the days before it that the state knows. */
export const TUESDAY = '2026-11-24';
export const history = daysTo('2026-11-23', 40);

/** Five people of the team search, $20 each on working days, and a key of its own at $8 every day. */
export function usualLake(days: readonly Day[] = [...history, TUESDAY]): MadeLake {
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
  const inside = lake.costs.filter((cost) => cost.day === day && !lake.personalKeys.includes(cost.scope_id));
  const amount = inside.reduce((total, cost) => total + Number(cost.amount), 0).toFixed(2);
  lake.costs.push({ day, scope_kind: 'team', scope_id: 'search', team_id: 'search', amount });
}

/** The scope's day costs this now; its team follows. */
export function restate(lake: MadeLake, scope_id: string, day: Day, amount: string): void {
  const scope_kind = scope_id.startsWith('p_') ? 'person' : 'credential';
  lake.costs = lake.costs.filter((cost) => cost.day !== day || cost.scope_id !== scope_id);
  lake.costs.push({ day, scope_kind, scope_id, team_id: 'search', amount });
  sumUp(lake, day);
}

/** A lake whose history is in the state; the clock stands in the afternoon of the Tuesday. */
export async function running(given: Parameters<typeof testPlatform>[0] = {}) {
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

/** The running day, told by live collection. */
export const live = { days: [TUESDAY], mode: 'live' } as const;
/** Versions and changes of messages, in the order in which they were told. */
export const changes = (messages: readonly Message[]) => messages.map(({ id, change }) => [id.split('#')[1], change]);
