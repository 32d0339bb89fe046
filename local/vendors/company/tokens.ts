import { Random } from '../random.ts';
import type { Work } from './activity.ts';
import type { Habits } from './habits.ts';

/** Whole numbers of tokens by how they are billed. */
export interface Tokens {
  readonly uncached: number;
  readonly shortWrite: number;
  readonly longWrite: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** The tokens that work with a coding agent takes: a standing context read back each turn, a little new, an answer. */
export function tokensOf(work: Work, habits: Habits): Tokens {
  const random = new Random(work.grain);
  const helper = work.kind === 'small' ? 0.35 : 1;
  const context = habits.contextTokens * helper * (0.6 + 0.8 * random.next());
  const missed = context * (1 - habits.cacheHit);
  const fresh = 900 + 1900 * random.next();
  const written = Math.round(work.turns * (fresh + missed * 0.7));
  return {
    uncached: Math.round(work.turns * (150 + 500 * random.next() + missed * 0.3)),
    shortWrite: habits.keepsCacheAnHour ? 0 : written,
    longWrite: habits.keepsCacheAnHour ? written : 0,
    cacheRead: Math.round(work.turns * context * habits.cacheHit),
    output: Math.round(work.turns * (260 + 640 * random.next()) * (0.7 + 0.3 * helper)),
  };
}
