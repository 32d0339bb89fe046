import { fingerprint, Random } from '../random.ts';
import type { ModelClass } from './models.ts';
import type { Person } from './people.ts';

/** How one person works with AI; fixed for the whole history. */
export interface Habits {
  /** Share of weekdays on which anything is used at all. */
  readonly activeShare: number;
  /** Share of the work that goes to Anthropic; the rest goes to OpenAI. */
  readonly anthropicShare: number;
  /** How much of a session's standing context each turn finds in the cache. */
  readonly cacheHit: number;
  /** Tokens of standing context in a usual turn. */
  readonly contextTokens: number;
  /** Whether caches are asked to live an hour rather than five minutes. */
  readonly keepsCacheAnHour: boolean;
  readonly usesFastMode: boolean;
  /** Share of sessions by class of model. */
  readonly taste: Readonly<Record<ModelClass, number>>;
}

const tastes = {
  light: { small: 0.5, main: 0.46, large: 0.04, huge: 0 },
  usual: { small: 0.16, main: 0.68, large: 0.16, huge: 0 },
  heavy: { small: 0.1, main: 0.4, large: 0.43, huge: 0.07 },
} as const satisfies Record<string, Record<ModelClass, number>>;

/** The habits of a person. */
export function habitsOf(seed: number, person: Person): Habits {
  const random = new Random(fingerprint(seed, 'habits', person.index));
  const kind = random.next();
  const tools = random.next();
  const careful = random.next();
  return {
    activeShare: 0.6 + 0.36 * random.next(),
    anthropicShare: tools < 0.6 ? 1 : tools < 0.84 ? 0.4 + 0.4 * random.next() : 0,
    cacheHit: careful < 0.75 ? 0.955 + 0.035 * random.next() : careful < 0.93 ? 0.88 + 0.06 * random.next() : 0.6,
    contextTokens: random.between(28_000, 95_000),
    keepsCacheAnHour: random.next() < 0.2,
    usesFastMode: random.next() < 0.04,
    taste: kind < 0.3 ? tastes.light : kind < 0.82 ? tastes.usual : tastes.heavy,
  };
}
