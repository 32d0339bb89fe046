import { workOn } from '../company/activity.ts';
import { decimalText } from '../company/amount.ts';
import type { Person } from '../company/people.ts';
import { priceOf } from '../company/prices.ts';
import type { World } from '../company/world.ts';
import { Random } from '../random.ts';
import { type Cycle, cycleAt } from './cycle.ts';
import type { CursorTeam } from './team.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** One event in Cursor stands for so many requests of the company's usual work: modest beside the other vendors. */
const TURNS_AN_EVENT = 45;
/** What a seat includes in each cycle, in millionths of a cent. */
const INCLUDED = 2_000_000_000n;
/** The fee of tokens beyond the included, in millionths of a cent each: $0.25 a million. */
const FEE = 25n;
/** The vendor's names; those of the model vendors with a dot where they have a dash, and two of its own. */
const MODELS = [
  ['claude-sonnet-5.5', 'claude-sonnet-5-5'],
  ['claude-sonnet-5.5', 'claude-sonnet-5-5'],
  ['gpt-6.1-sol', 'gpt-6.1-sol'],
  ['claude-opus-5.5', 'claude-opus-5-5'],
  ['composer-2', 'gpt-6.1-terra'],
  ['default', 'gpt-6.1-terra'],
] as const;

/** One use, as the vendor knows it. */
export interface CursorEvent {
  readonly at: number;
  /** When a reader first sees it. */
  readonly seenAt: number;
  readonly person: Person;
  readonly conversation: string;
  readonly model: string;
  readonly kind: 'Usage-based' | 'Included in Business' | 'Errored, Not Charged' | 'Aborted, Not Charged';
  readonly maxMode: boolean;
  readonly isHeadless: boolean;
  readonly tokens: { readonly input: number; readonly output: number; readonly write: number; readonly read: number };
  /** Millionths of a cent: the model's cost, the fee, and both as charged. */
  readonly total: bigint;
  readonly fee: bigint;
  readonly charged: bigint;
}

/** Makes the events of a cycle in the order of time, and keeps those of the cycles asked for. */
export function eventsOfCycles(world: World, team: CursorTeam): (cycle: Cycle) => readonly CursorEvent[] {
  const kept = new Map<number, readonly CursorEvent[]>();
  return (cycle) => {
    const known = kept.get(cycle.from);
    if (known !== undefined) return known;
    const made = team.people.flatMap((person) => eventsOf(world, person, cycle)).sort((a, b) => a.at - b.at);
    kept.set(cycle.from, made);
    return made;
  };
}

/** Events between two instants that a reader sees at `now`, oldest first. */
export function eventsBetween(
  ofCycle: (cycle: Cycle) => readonly CursorEvent[],
  from: number,
  to: number,
  now: number,
): readonly CursorEvent[] {
  const events: CursorEvent[] = [];
  for (let cycle = cycleAt(from); cycle.from < to; cycle = cycleAt(cycle.to)) {
    for (const event of ofCycle(cycle))
      if (event.at >= from && event.at < to && event.seenAt <= now) events.push(event);
  }
  return events;
}

/** A person's events in a cycle: included until the allowance is used up, on demand from then on. */
function eventsOf(world: World, person: Person, cycle: Cycle): readonly CursorEvent[] {
  const habits = world.habits[person.index];
  // Whoever has no paid seat uses nothing.
  if (habits === undefined || person.index === 0) return [];
  const events: CursorEvent[] = [];
  let used = 0n;
  const first = Math.max(world.first, Math.floor(cycle.from / DAY_MS));
  const last = Math.min(world.last, Math.floor((cycle.to - 1) / DAY_MS));
  for (let day = first; day <= last; day += 1) {
    for (const work of workOn(world.setting.seed, world.middle, person, habits, day)) {
      const random = new Random(work.grain ^ 0x2545f491);
      const count = Math.min(4, Math.floor(work.turns / TURNS_AN_EVENT + random.next()));
      for (let one = 0; one < count; one += 1) {
        const event = eventAt(person, day, work.hour, random, used < INCLUDED);
        // Of the hour in which a cycle turns, each has its part.
        if (event.at < cycle.from || event.at >= cycle.to) continue;
        if (event.kind === 'Included in Business') used += event.charged;
        events.push(event);
      }
    }
  }
  return events;
}

function eventAt(person: Person, day: number, hour: number, random: Random, isIncluded: boolean): CursorEvent {
  const at = day * DAY_MS + hour * HOUR_MS + random.between(0, HOUR_MS - 1);
  const [model, priced] = random.pick(MODELS);
  const maxMode = random.next() < 0.06;
  const context = random.between(60_000, 420_000) * (maxMode ? 2 : 1);
  const tokens = {
    input: random.between(400, 6_000),
    output: random.between(300, 4_000),
    write: Math.round(context * 0.12),
    read: context,
  };
  const fate = random.next();
  const stopped = fate < 0.02 ? 'Errored, Not Charged' : fate < 0.04 ? 'Aborted, Not Charged' : null;
  const kind = stopped ?? (isIncluded ? 'Included in Business' : 'Usage-based');
  const price = priceOf(priced, day);
  // Prices are millionths of a dollar a million tokens; a millionth of a cent is 10,000 times one of those a token.
  const cost =
    BigInt(tokens.input) * price.input +
    BigInt(tokens.output) * price.output +
    BigInt(tokens.write) * price.shortWrite +
    BigInt(tokens.read) * price.cacheRead;
  const total = stopped === null ? cost / 10_000n : 0n;
  const fee = kind === 'Usage-based' ? FEE * BigInt(tokens.input + tokens.output + tokens.write + tokens.read) : 0n;
  return {
    at,
    // Told by the hour, now and then half a day late.
    seenAt: at + HOUR_MS + (random.next() < 0.05 ? random.between(1, 12) * HOUR_MS : 0),
    person,
    conversation: `c${person.index}-${day}-${Math.floor(hour / 3)}`,
    model,
    kind,
    maxMode,
    isHeadless: random.next() < 0.08,
    tokens,
    total,
    fee,
    charged: total + fee,
  };
}

/** Millionths of a cent as the JSON number of cents; few enough digits for a double to hold them. */
export const centsOf = (millionths: bigint): number => Number(decimalText(millionths, 6, 6));
