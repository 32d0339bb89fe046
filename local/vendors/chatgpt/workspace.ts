import { workOn } from '../company/activity.ts';
import { modelFor } from '../company/models.ts';
import type { Person } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { identifier, share } from '../random.ts';

/** The company's ChatGPT workspace. */
export const WORKSPACE = 'ws-halden';

/** What somebody did with one client on a day; credits in tenths. */
export interface Session {
  readonly client: 'CODEX_CLI' | 'CODEX_WEB';
  readonly turns: number;
  readonly tenths: number;
  readonly uncached: number;
  readonly cached: number;
  readonly output: number;
}

/** A person's day. */
export interface Day {
  readonly person: Person;
  readonly userId: string;
  readonly model: string;
  readonly sessions: readonly Session[];
}

/** One in so many uses Codex with a seat of ChatGPT. */
const ONE_IN = 8;
/** Credits of a turn in tenths, and how much of their turns such people make there. */
const TENTHS_A_TURN = 8;
const SHARE = 0.12;

/** The key that reads the workspace's analytics. */
export const keyOf = (world: World): string => `sk-svcacct-${identifier(40, world.setting.seed, 'chatgpt key')}`;

/** What the people of the workspace did on a day, a row each. */
export function daysOf(world: World, day: number): readonly Day[] {
  if (day < world.first || day > world.last) return [];
  const { seed } = world.setting;
  return world.people.flatMap((person): readonly Day[] => {
    const habits = world.habits[person.index];
    if (person.index % ONE_IN !== 3 || habits === undefined) return [];
    const turns = workOn(seed, world.middle, person, habits, day).reduce((sum, work) => sum + work.turns, 0);
    const own = Math.round(turns * SHARE);
    if (own === 0) return [];
    const web = Math.floor(own * 0.4 * share(seed, 'codex web', person.index, day));
    const sessions = (['CODEX_CLI', 'CODEX_WEB'] as const).map((client): Session => {
      const count = client === 'CODEX_WEB' ? web : own - web;
      return {
        client,
        turns: count,
        tenths: count * TENTHS_A_TURN,
        uncached: count * 900,
        cached: count * 24_000,
        output: count * 650,
      };
    });
    return [
      {
        person,
        userId: `user-${identifier(20, seed, 'chatgpt user', person.index)}`,
        model: modelFor('openai', 'main', person.index, day),
        sessions: sessions.filter((session) => session.turns > 0),
      },
    ];
  });
}
