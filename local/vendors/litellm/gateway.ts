import { teamOn } from '../company/people.ts';
import type { PlacedService } from '../company/placed-services.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier } from '../random.ts';

/** The gateway of one service team: a part of what two of its programs ask goes through it, with their keys upstream. */
export interface Gateway {
  readonly adminKey: string;
  readonly teamId: string;
  readonly services: readonly PlacedService[];
  /** Hash of the gateway's own key for a program. */
  readonly keyOf: (service: PlacedService) => string;
  /** Addresses of people who try things out with a program's key. */
  readonly people: readonly string[];
}

const PROGRAMS = ['support-bot', 'support-voice'];

/** The company's one gateway. */
export function gatewayOf({ setting: { seed }, services, people, last }: World): Gateway {
  const own = services.filter(({ id }) => PROGRAMS.includes(id));
  const team = own[0]?.team ?? null;
  return {
    adminKey: `sk-${identifier(24, seed, 'litellm admin key')}`,
    teamId: `team-${identifier(12, seed, 'litellm team').toLowerCase()}`,
    services: own,
    keyOf: ({ id }) =>
      Array.from({ length: 8 }, (_, i) => fingerprint(seed, 'litellm key', id, i).toString(16).padStart(8, '0')).join(
        '',
      ),
    people: people
      .filter((person) => person.leftOn === null && teamOn(person, last) === team)
      .slice(0, 3)
      .map(({ email }) => email),
  };
}
