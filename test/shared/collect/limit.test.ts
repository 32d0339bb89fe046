import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../local/platform/clock.ts';
import { sqliteState } from '../../../local/platform/state.ts';
import { limiter } from '../../../shared/collect/limit.ts';

/** Numbers that look random and are the same every time. */
function dice(seed: number): (below: number) => number {
  let at = seed;
  return (below) => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((at / 2_147_483_648) * below);
  };
}

/** Runs side by side, each with a limiter of its own; answers how many requests went out in each minute, and the writes. */
async function minutes(perMinute: number, runs: readonly number[], seed: number) {
  const clock = standingClock(Date.parse('2026-11-25T06:00:00Z'));
  const state = sqliteState(':memory:');
  let writes = 0;
  const counted: typeof state = {
    ...state,
    update: (...args) => {
      writes += 1;
      return state.update(...args);
    },
  };
  const roll = dice(seed);
  const sent = new Map<number, number>();
  await Promise.all(
    runs.map(async (requests) => {
      const permit = limiter({ state: counted, clock }, 'acme.main', perMinute);
      for (let i = 0; i < requests; i += 1) {
        await permit();
        const minute = Math.floor(clock.now() / 60_000);
        sent.set(minute, (sent.get(minute) ?? 0) + 1);
        await clock.sleep(roll(3) * 200);
      }
    }),
  );
  return { sent: [...sent.values()], writes, minutes: sent.size };
}

describe('limiter', () => {
  it.each([
    { perMinute: 1, runs: [3, 2] },
    { perMinute: 5, runs: [1, 9, 4, 2] },
    { perMinute: 60, runs: [200, 1, 1, 1, 30, 70, 2] },
    { perMinute: 60, runs: Array.from({ length: 90 }, (_, i) => (i % 5) + 1) },
  ])('lets no minute have more than $perMinute, whoever asks side by side', async ({ perMinute, runs }) => {
    const told = await Promise.all([1, 2, 3, 4, 5].map((seed) => minutes(perMinute, runs, seed)));
    const all = runs.reduce((sum, one) => sum + one, 0);
    expect(told.map(({ sent }) => sent.reduce((sum, one) => sum + one, 0))).toEqual(told.map(() => all));
    expect(Math.max(...told.flatMap(({ sent }) => sent))).toBeLessThanOrEqual(perMinute);
  });

  it('lets runs of one request use every place of a minute', async () => {
    const told = await minutes(
      60,
      Array.from({ length: 60 }, () => 1),
      1,
    );
    expect(told.sent).toEqual([60]);
  });

  it('writes once for many requests of a long run', async () => {
    expect((await minutes(600, [160], 1)).writes).toBeLessThan(30);
  });
});
