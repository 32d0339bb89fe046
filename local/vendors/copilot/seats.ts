import { dayText } from '../calendar.ts';
import type { Person } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint } from '../random.ts';

/** A person's seat: from when, until when it is paid, and whether it is used and seen. */
export interface Seat {
  readonly person: Person;
  /** Day numbers; `to` is the first day that is not paid any more, null for who stays. */
  readonly from: number;
  readonly to: number | null;
  readonly isIdle: boolean;
  /** Whether the editor sends telemetry: without it a day is billed and seen in no report. */
  readonly isSeen: boolean;
  /** Days after which a day's telemetry is there. */
  readonly isLate: boolean;
}

/** Dollars a seat and month, and the credits that it brings into the pool. */
export const PLAN = { dollars: 19, credits: 1900 } as const;

/** The number of the day that begins the month after a day's. */
export function nextMonth(day: number): number {
  const [year = 0, month = 0] = dayText(day).split('-').map(Number);
  return Date.UTC(year, month, 1) / 86_400_000;
}

/** The number of the day that begins a day's month. */
export const monthStart = (day: number): number => day - Number(dayText(day).slice(8)) + 1;

/** Every other developer has a seat; one that is taken away is paid to the month's end. */
export function seatsOf({ people, setting: { seed } }: World): readonly Seat[] {
  return people
    .filter(({ index }) => index % 2 === 0)
    .map((person) => {
      const draw = (what: string, of: number): boolean => fingerprint(seed, 'copilot', what, person.index) % of === 0;
      return {
        person,
        from: person.startedOn,
        to: person.leftOn === null ? null : nextMonth(person.leftOn),
        isIdle: draw('idle', 9),
        isSeen: !draw('unseen', 11),
        isLate: draw('late', 8),
      };
    });
}

/** The seats that are paid on a day. */
export const paidOn = (seats: readonly Seat[], day: number): readonly Seat[] =>
  seats.filter(({ from, to }) => from <= day && (to === null || to > day));
