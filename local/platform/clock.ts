import type { Clock } from '../../shared/platform.ts';

/** The machine's clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * A clock that stands still until somebody sleeps; sleeping moves it and takes no time. The simulated vendors read
 * it through shared memory, so rate limits and `retry-after` run on it. Sleeps side by side overlap.
 */
export function standingClock(start: number): Clock & { readonly shared: SharedArrayBuffer } {
  const shared = new SharedArrayBuffer(8);
  const cell = new Float64Array(shared);
  cell[0] = start;
  const now = (): number => cell[0] ?? start;
  return {
    shared,
    now,
    sleep: async (ms) => {
      cell[0] = Math.max(now(), now() + ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
