import { isHoliday, isWeekend } from '../calendar.ts';
import { growth } from '../company/activity.ts';
import { teamOn } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint, Random } from '../random.ts';
import { monthStart, nextMonth, PLAN, paidOn, type Seat, seatsOf } from './seats.ts';

/** What one person did on one day; credits in tenths, since a report tells them with one place. */
export interface Used {
  readonly seat: Seat;
  readonly tenths: number;
  readonly interactions: number;
}

/** A day of the ledger: credits in tenths, and what of them the pool covers; seats in ten-thousandths of a month. */
export interface Billed {
  readonly tenths: number;
  readonly covered: number;
  readonly seatParts: number;
}

/** Tenths of a credit that a working day usually takes: a seat's share of the pool is gone shortly before the month is. */
const TENTHS_A_DAY = 2000;
const ACTIVE_SHARE = 0.8;

/** What happened with Copilot, a day at a time. */
export interface Credits {
  readonly seats: readonly Seat[];
  readonly usedOn: (day: number) => readonly Used[];
  readonly billedOn: (day: number) => Billed;
}

/** Makes the company's use of Copilot; days outside of its history are made too, for a month's pool counts them. */
export function creditsOf(world: World): Credits {
  const { seed } = world.setting;
  const seats = seatsOf(world);
  const used = new Map<number, readonly Used[]>();
  const billed = new Map<number, Billed>();

  const usedOn = (day: number): readonly Used[] => {
    const known = used.get(day) ?? paidOn(seats, day).flatMap((seat) => useOf(seed, world.middle, seat, day));
    used.set(day, known);
    return known;
  };

  const billedOn = (day: number): Billed => {
    const known = billed.get(day);
    if (known !== undefined) return known;
    let before = 0;
    for (let earlier = monthStart(day); earlier < day; earlier += 1) before += total(usedOn(earlier));
    const tenths = total(usedOn(day));
    const pool = paidOn(seats, day).length * PLAN.credits * 10;
    const covered = Math.max(0, Math.min(tenths, pool - before));
    const made = { tenths, covered, seatParts: seatParts(seats, day) };
    billed.set(day, made);
    return made;
  };

  return { seats, usedOn, billedOn };
}

const total = (of: readonly Used[]): number => of.reduce((sum, { tenths }) => sum + tenths, 0);

/** All seats on the first of a month; a seat given later for the rest of its first one. */
function seatParts(seats: readonly Seat[], day: number): number {
  const begins = monthStart(day);
  const ends = nextMonth(day);
  if (day === begins) return paidOn(seats, day).length * 10_000;
  const given = seats.filter(({ from }) => from === day).length;
  return given * Math.round((10_000 * (ends - day)) / (ends - begins));
}

function useOf(seed: number, middle: number, seat: Seat, day: number): readonly Used[] {
  const { person } = seat;
  if (seat.isIdle || teamOn(person, day) === null) return [];
  const random = new Random(fingerprint(seed, 'copilot', 'use', person.index, day));
  const free = isWeekend(day) || isHoliday(person.site.country, day);
  if (random.next() >= (free ? 0.05 : ACTIVE_SHARE)) return [];
  const effort = Math.sqrt(person.weight) * random.spread(0.5) * growth(day, middle) * (free ? 0.4 : 1);
  const tenths = Math.max(1, Math.round(TENTHS_A_DAY * effort));
  return [{ seat, tenths, interactions: Math.max(1, Math.round(tenths / 80)) }];
}
