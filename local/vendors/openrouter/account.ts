import type { Person } from '../company/people.ts';
import { teamOn } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier } from '../random.ts';

/** A key of the account; null as its name: what is used without a key, in the vendor's own chat. */
export interface Key {
  readonly hash: string;
  readonly name: string;
  readonly maker: Person;
  readonly disabled: boolean;
  /** Dollars a month. */
  readonly limit: number | null;
  /** Whether what it calls at Anthropic goes through the company's own key there. */
  readonly isOwn: boolean;
}

/** One team's account for experiments. */
export interface Account {
  readonly managementKey: string;
  readonly workspaceId: string;
  readonly members: readonly Person[];
  readonly keys: readonly Key[];
  readonly userId: (person: Person) => string;
}

const MOST_MEMBERS = 4;

const hex = (length: number, ...parts: readonly (number | string)[]): string =>
  Array.from({ length: Math.ceil(length / 8) }, (_, i) =>
    fingerprint(...parts, i)
      .toString(16)
      .padStart(8, '0'),
  )
    .join('')
    .slice(0, length);

/** The account of the last leaf team that has somebody. */
export function accountOf({ setting: { seed }, teams, people, last }: World): Account {
  const team = teams.findLast(({ isLeaf, id }) => isLeaf && people.some((one) => teamOn(one, last) === id));
  const members = people.filter((one) => teamOn(one, last) === team?.id).slice(0, MOST_MEMBERS);
  const names = ['model comparison', 'prompt lab', 'old trial'] as const;
  const keys = members.slice(0, names.length).map(
    (maker, index): Key => ({
      hash: hex(64, seed, 'openrouter key', index),
      name: names[index] ?? 'key',
      maker,
      disabled: index === 2,
      limit: index === 0 ? 60 : null,
      isOwn: index === 1,
    }),
  );
  const id = hex(32, seed, 'openrouter workspace');
  return {
    managementKey: `sk-or-v1-${identifier(48, seed, 'openrouter management key')}`,
    workspaceId: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
    members,
    keys,
    userId: ({ index }) => `user_${identifier(22, seed, 'openrouter user', index)}`,
  };
}
