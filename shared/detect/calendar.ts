import type { DayKind, Scope } from '../detector.ts';
import { addDays, type Day, startOf } from '../time.ts';
import type { PlannedEvent, Reading } from './rows.ts';

/** What is known of days before anything is judged. */
export interface Calendar {
  readonly kindOf: (scope: Scope, team: string | null, day: Day) => DayKind;
  /** The largest factor of the events that cover a scope, its team or the company; 1: none. */
  readonly factor: (scope: Scope, team: string | null, day: Day) => number;
  /** Whether a day was read to its end at these connections; a day that was not is never taken for a quiet one. */
  readonly isWhole: (connections: Iterable<string>, day: Day) => boolean;
}

/** Weekends, planned events, and which days were read to their end. */
export function calendar(
  events: readonly PlannedEvent[],
  read: readonly Reading[],
  pathOf: (team: string) => string,
): Calendar {
  const asked = new Map<string, Map<Day, Reading[]>>();
  for (const reading of read) {
    const days = asked.get(reading.connection_id) ?? new Map<Day, Reading[]>();
    asked.set(reading.connection_id, days);
    days.set(reading.day, [...(days.get(reading.day) ?? []), reading]);
  }
  // Hundreds of series ask about the same few weeks.
  const whole = new Map([...asked].map(([connection, days]) => [connection, wholeDays(days)]));
  const known = new Map<Day, { readonly isWeekend: boolean; readonly events: readonly PlannedEvent[] }>();
  const about = (day: Day) => {
    const found = known.get(day) ?? {
      isWeekend: new Date(startOf(day)).getUTCDay() % 6 === 0,
      events: events.filter(({ starts_on, ends_on }) => starts_on <= day && day < ends_on),
    };
    known.set(day, found);
    return found;
  };
  const covers = ({ scope_kind, scope_id }: PlannedEvent, scope: Scope, team: string | null): boolean =>
    scope_kind === 'company' ||
    (scope_kind === scope.scope_kind && scope_id === scope.scope_id) ||
    (scope_kind === 'team' && team !== null && pathOf(team).split('/').includes(scope_id));
  return {
    kindOf: (scope, team, day) => {
      const { isWeekend, events: today } = about(day);
      const isOff = isWeekend || today.some((event) => event.kind === 'holiday' && covers(event, scope, team));
      return isOff ? 'off' : 'work';
    },
    factor: (scope, team, day) => {
      const raising = about(day).events.filter((event) => event.kind !== 'holiday' && covers(event, scope, team));
      return Math.max(1, ...raising.map(({ factor }) => Number(factor)));
    },
    isWhole: (connections, day) => {
      // A connection without any status was not collected by us; its rows are all there is.
      for (const connection of connections) if (whole.get(connection)?.has(day) === false) return false;
      return true;
    },
  };
}

const wholeDays = (days: ReadonlyMap<Day, readonly Reading[]>): Set<Day> =>
  new Set([...days].filter(([day, readings]) => wasRead(readings, day)).map(([day]) => day));

/** Usage decides: costs that are late are estimated from it. Only where there is no usage do costs decide. */
function wasRead(readings: readonly Reading[], day: Day): boolean {
  const usage = readings.filter(({ target }) => target === 'usage');
  const deciding = usage.length > 0 ? usage : readings;
  return deciding.length > 0 && deciding.every((reading) => isRead(reading, day));
}

function isRead({ generation, complete_through }: Reading, day: Day): boolean {
  if (generation === null) return false;
  return epoch(complete_through ?? generation) >= startOf(addDays(day, 1));
}

/** The instant up to which all of these connections are complete, in epoch milliseconds; null: not told. */
export function completeThrough(read: readonly Reading[], connections: ReadonlySet<string>): number | null {
  const latest = new Map<string, number>();
  for (const { connection_id, target, complete_through } of read) {
    if (target !== 'usage' || complete_through === null || !connections.has(connection_id)) continue;
    latest.set(connection_id, Math.max(latest.get(connection_id) ?? 0, epoch(complete_through)));
  }
  return latest.size === 0 ? null : Math.min(...latest.values());
}

/** Engines write instants without a zone; they are UTC. */
const epoch = (text: string): number =>
  Date.parse(/(Z|[+-]\d\d:?\d\d|UTC)$/.test(text) ? text.replace(' UTC', 'Z') : `${text.replace(' ', 'T')}Z`);
