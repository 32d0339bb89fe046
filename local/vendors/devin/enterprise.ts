import { isWeekend } from '../calendar.ts';
import { type Person, teamOn } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier, Random } from '../random.ts';

/** What one day holds of each product, in quarters of an ACU. */
export interface Quarters {
  readonly devin: number;
  readonly cascade: number;
}

/** Somebody, or a program, that uses Devin; `group` says how they became one. */
export interface Member {
  readonly id: string;
  readonly group: 'users' | 'idp-users' | 'service-users';
  /** Null: a program. */
  readonly person: Person | null;
}

/** The company's trial of Devin: some people of one team, and a program of theirs. */
export interface Enterprise {
  readonly key: string;
  readonly members: readonly Member[];
  /** First day of the trial. */
  readonly begins: number;
  /** Somebody who has left it, and whom no list names. */
  readonly former: Member;
}

const MOST_PEOPLE = 3;
const TRIAL_DAYS = 35;
/** Days before the end on which the former member stopped. */
const LEFT_BEFORE = 20;

/** The trial, with people of the first leaf team that has somebody. */
export function enterpriseOf({ setting: { seed }, teams, people, last }: World): Enterprise {
  const team = teams.find(({ isLeaf, id }) => isLeaf && people.some((one) => teamOn(one, last) === id));
  const idOf = (name: string | number): string => identifier(12, seed, 'devin member', name).toLowerCase();
  const users = people
    .filter((one) => teamOn(one, last) === team?.id)
    .slice(0, MOST_PEOPLE)
    .map(
      (person, index): Member => ({
        id: `user-${idOf(person.index)}`,
        group: index % 2 === 0 ? 'users' : 'idp-users',
        person,
      }),
    );
  return {
    key: `cog_${identifier(40, seed, 'devin key')}`,
    begins: last - TRIAL_DAYS + 1,
    members: [...users, { id: `service-user-${idOf('nightly')}`, group: 'service-users', person: null }],
    former: { id: `user-${idOf('former')}`, group: 'users', person: null },
  };
}

/** What a member used on a day of the vendor's. */
export function usedOn(world: World, { begins, former }: Enterprise, member: Member, day: number): Quarters {
  const ends = member === former ? world.last - LEFT_BEFORE : world.last;
  const random = new Random(fingerprint(world.setting.seed, 'devin', member.id, day));
  const works = random.next() < (member.group === 'service-users' ? 0.9 : isWeekend(day) ? 0.05 : 0.6);
  if (day < Math.max(begins, world.first) || day > ends || !works) return { devin: 0, cascade: 0 };
  return { devin: random.between(1, 10), cascade: member.group === 'service-users' ? 0 : random.between(0, 3) };
}
