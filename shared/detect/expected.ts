import type { Incident } from '../incidents.ts';
import type { Platform } from '../platform.ts';
import { addDays, type Day } from '../time.ts';
import { type PlannedEvent, plannedEvent } from './rows.ts';

/** The group of planned events that people made by saying "this was expected". */
const PLANNED = 'planned_event';
/** How much more than was seen the raised bound allows. */
const ROOM = 1.25;

/** Planned events that stand in the state, beside those of the reference data. */
export async function expectedEvents({ state }: Pick<Platform, 'state'>): Promise<PlannedEvent[]> {
  const events: PlannedEvent[] = [];
  for await (const { data } of state.range(PLANNED)) events.push(plannedEvent.parse(data));
  return events;
}

/** The event that an expected incident makes: its scope may cost so many times its bound, until the day after `until`. */
export function eventOf(of: Incident, until: Day, factor: string | null): PlannedEvent {
  return {
    event_id: `expected-${of.incident_id}`,
    scope_kind: of.scope_kind,
    scope_id: of.scope_id,
    kind: 'expected',
    starts_on: of.opened_day,
    ends_on: addDays(until, 1),
    factor: factor ?? enough(of),
  };
}

/** The factor under which the incident's dearest day would have passed with some room, in tenths. */
function enough(of: Incident): string {
  const needed = Object.values(of.days).map(({ actual, bound }) => (Number(actual) / Number(bound)) * ROOM);
  return String(Math.ceil(Math.max(1, ...needed) * 10) / 10);
}

/** Keeps the event, replacing what was said of the same incident before; false when somebody else just did. */
export async function keepEvent({ state }: Pick<Platform, 'state'>, event: PlannedEvent): Promise<boolean> {
  const at = { group: PLANNED, key: event.event_id };
  return state.update(at, event, (await state.get(at))?.version ?? null);
}
