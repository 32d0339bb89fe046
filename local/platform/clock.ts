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
  new Float64Array(shared)[0] = start;
  return { ...sharedClock(shared), shared };
}

/** A standing clock seen from another thread. */
export function sharedClock(shared: SharedArrayBuffer): Clock {
  const cell = new Float64Array(shared);
  const now = (): number => cell[0] ?? 0;
  return {
    now,
    sleep: async (ms) => {
      cell[0] = now() + Math.max(0, ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
