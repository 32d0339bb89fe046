import { eventOf, keepEvent } from '../detect/expected.ts';
import { firstIdOf, type Incident, incident } from '../incidents.ts';
import type { Platform, StateItem } from '../platform.ts';
import { addDays, type Day, dayOf, instant, isDay } from '../time.ts';
import { INCIDENTS } from './book.ts';
import { acknowledged, expected, snoozed } from './lifecycle.ts';

/** What a person asked for cannot be done; the message says what would be right. */
export class PersonError extends Error {}

/** How an incident was expected. */
export interface Expectation {
  readonly note: string | null;
  /** Last day it holds; null: two weeks after the incident's last day. */
  readonly until: Day | null;
  /** How many times the bound; null: enough for what was seen, and some room. */
  readonly factor: string | null;
}

type Ports = Pick<Platform, 'state' | 'clock'>;

const LASTS = 14;
/** Days of silence, if nobody says. */
const SILENT = 3;

/** A person looks after an incident; answers a sentence. */
export async function acknowledge(ports: Ports, id: string, note: string | null): Promise<string> {
  await change(ports, id, (of) => acknowledged(of, note));
  return `${id} is acknowledged: it is told again only if it becomes three times as much.`;
}

/** A person wants to hear of an incident later, null: in three days, if it is not over by then; answers a sentence. */
export async function snooze(
  ports: Ports,
  id: string,
  { note, until }: Pick<Expectation, 'note' | 'until'>,
): Promise<string> {
  if (until !== null && !isDay(until)) throw new PersonError(`--until '${until}' is not a day such as 2026-12-24`);
  const today = dayOf(ports.clock.now());
  const last = until ?? addDays(today, SILENT);
  if (last < today) throw new PersonError(`--until ${last} has passed; name the last day of silence`);
  const { data } = await find(ports, id);
  if (data.state === 'closed' || data.state === 'expected')
    throw new PersonError(`${id} is ${data.state}: nothing more is told of it anyway`);
  await change(ports, id, (of) => snoozed(of, last, note));
  return `${id} is snoozed: nothing is told of it until ${last}; if it is not over then, it is told again.`;
}

/** A person expected it: a planned event raises the bound of whose it is; answers a sentence. */
export async function expect(ports: Ports, id: string, { note, until, factor }: Expectation): Promise<string> {
  if (until !== null && !isDay(until)) throw new PersonError(`--until '${until}' is not a day such as 2026-12-24`);
  if (factor !== null && !/^([1-9]\d{0,3})(\.\d{1,4})?$/.test(factor)) {
    throw new PersonError(`--factor '${factor}' is not a number of at least 1, such as 2.5`);
  }
  const { data } = await find(ports, id);
  const last = until ?? addDays(data.last_day, LASTS);
  if (last < data.opened_day)
    throw new PersonError(`--until ${last} lies before the incident, which began on ${data.opened_day}`);
  const event = eventOf(data, last, factor);
  // The event first: with it alone the days are within bounds, and saying so again replaces it.
  while (!(await keepEvent(ports, event)));
  await change(ports, id, (of) => expected(of, note));
  return `${id} was expected: until ${last} the bound of its ${data.scope_kind} is ${event.factor} times the usual one.`;
}

async function find({ state }: Ports, id: string): Promise<StateItem & { readonly data: Incident }> {
  const item = await state.get({ group: INCIDENTS, key: id });
  if (item !== null) return { ...item, data: incident.parse(item.data) };
  let last: string | null = null;
  for await (const { key } of state.range(INCIDENTS, firstIdOf('0001-01-01'))) last = key;
  const example = last === null ? 'there is none at all' : `the newest is ${last}`;
  throw new PersonError(`there is no incident '${id}': ${example}; npm run incident -- list shows them all`);
}

async function change(ports: Ports, id: string, how: (of: Incident) => Incident): Promise<void> {
  for (;;) {
    const { data, version } = await find(ports, id);
    const next = { ...how(data), changed_at: instant(ports.clock.now()) };
    if (await ports.state.update({ group: INCIDENTS, key: id }, next, version)) return;
  }
}
