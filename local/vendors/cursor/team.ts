import { type Person, teamOn } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier } from '../random.ts';

/** The company's Cursor team. */
export interface CursorTeam {
  readonly adminKey: string;
  /** Everybody who is or was in it; the first has no paid seat. */
  readonly people: readonly Person[];
  readonly userId: (person: Person) => string;
  /** The address as Cursor spells it. */
  readonly email: (person: Person) => string;
  readonly role: (person: Person) => 'owner' | 'member' | 'free-owner';
}

/** One in so many developers uses Cursor. */
const ONE_IN = 5;

/** The company's one team on Cursor; some of its people have left the company. */
export function cursorTeam({ people, setting: { seed } }: World): CursorTeam {
  const uses = ({ index, leftOn }: Person): boolean =>
    // Of those who left, half: the team's list of members then shows somebody removed.
    index === 0 || fingerprint(seed, 'uses cursor', index) % (leftOn === null ? ONE_IN : 2) === 0;
  const members = people.filter(uses);
  return {
    adminKey: `crsr_${identifier(48, seed, 'cursor admin key')}`,
    people: members,
    userId: ({ index }) => `user_${identifier(16, seed, 'cursor user', index)}`,
    email: ({ email, index }) =>
      fingerprint(seed, 'cursor spelling', index) % 7 === 0
        ? email.replace(/(^|[.])[a-z]/g, (at) => at.toUpperCase())
        : email,
    role: ({ index }) => (index === 0 ? 'free-owner' : index === members[1]?.index ? 'owner' : 'member'),
  };
}

/** Whether a person has come by a day; who left is still listed, as removed. */
export const hasJoined = ({ startedOn }: Person, day: number): boolean => startedOn <= day;

/** Whether a person is no longer in the team on a day. */
export const isRemoved = ({ leftOn }: Person, day: number): boolean => leftOn !== null && leftOn <= day;

/** The billing group of a person on a day, which is their team; null: unassigned. */
export const groupOf = (person: Person, day: number): string | null => teamOn(person, day);
