import { isHoliday, isWeekend, zoneOffset } from '../calendar.ts';
import { fingerprint, Random } from '../random.ts';
import type { Habits } from './habits.ts';
import { classFor, type ModelClass, type Platform } from './models.ts';
import { type Person, teamOn } from './people.ts';

/** What one person did with one class of model within one UTC hour. */
export interface Work {
  /** Hour of the UTC day, 0 to 23. */
  readonly hour: number;
  readonly platform: Platform;
  readonly kind: ModelClass;
  /** Requests to the model. */
  readonly turns: number;
  /** A repeatable number for whatever else is to be drawn about this work. */
  readonly grain: number;
}

/** Requests a person makes on a usual working day; sets the spend a developer and month. */
const TURNS_A_DAY = 350;
const GROWTH_A_MONTH = 0.05;

/** How much more or less is used on a day than in the middle of the history. */
export function growth(day: number, middle: number): number {
  return Math.exp((GROWTH_A_MONTH * (day - middle)) / 30);
}

/** A person's work on one UTC day; empty when they are away, off or not with the company. */
export function workOn(seed: number, middle: number, person: Person, habits: Habits, day: number): readonly Work[] {
  if (teamOn(person, day) === null) return [];
  const random = new Random(fingerprint(seed, 'work', person.index, day));
  const free = isWeekend(day) || isHoliday(person.site.country, day);
  if (random.next() >= (free ? 0.05 : habits.activeShare)) return [];
  if (isOnLeave(seed, person, day)) return [];

  const effort = person.weight * random.spread(0.55) * growth(day, middle) * (free ? 0.35 : 1);
  const turns = Math.max(3, Math.round(TURNS_A_DAY * effort));
  const hours = Math.min(8, Math.max(1, Math.round(1 + Math.log2(turns / 12) + random.next())));
  const begins = 8 + random.between(0, 3) - zoneOffset(person.site.zone, day);
  const halves = [0, 1].map(() => ({
    platform: random.next() < habits.anthropicShare ? ('anthropic' as const) : ('openai' as const),
    kind: classFor(habits.taste, random.next()),
  }));

  const portions = Array.from({ length: hours }, () => 0.3 + random.next());
  const total = portions.reduce((sum, portion) => sum + portion, 0);
  return portions.flatMap((portion, index): readonly Work[] => {
    const half = halves[index * 2 < hours ? 0 : 1];
    const hour = Math.min(23, Math.max(0, Math.floor(begins + index + (index > 3 ? 1 : 0))));
    const inHour = Math.max(1, Math.round((turns * portion) / total));
    const grain = random.between(0, 2 ** 31 - 1);
    if (half === undefined) return [];
    const toHelpers = half.kind === 'small' || random.next() < 0.55 ? 0 : Math.round(inHour * 0.25);
    const own: Work = { hour, ...half, turns: Math.max(1, inHour - toHelpers), grain };
    return toHelpers === 0 ? [own] : [own, { ...own, kind: 'small', turns: toHelpers, grain: grain ^ 0x5bd1e995 }];
  });
}

const LEAVE_EVERY_DAYS = 63;

function isOnLeave(seed: number, person: Person, day: number): boolean {
  const block = Math.floor(day / LEAVE_EVERY_DAYS);
  const random = new Random(fingerprint(seed, 'leave', person.index, block));
  if (random.next() > 0.45) return false;
  const begins = block * LEAVE_EVERY_DAYS + random.between(0, LEAVE_EVERY_DAYS - 14);
  return day >= begins && day < begins + random.between(4, 12);
}
