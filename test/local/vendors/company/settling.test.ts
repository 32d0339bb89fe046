import { describe, expect, it } from 'vitest';
import { refreshBefore, seenShare } from '../../../../local/vendors/company/settling.ts';
import { fingerprint } from '../../../../local/vendors/random.ts';

const at = (text: string) => Date.parse(text);
const hour = (text: string) => at(text) / 3_600_000;
const grains = Array.from({ length: 2000 }, (_, index) => fingerprint('grain', index));
const refresh = refreshBefore(at('2026-11-25T06:00:00Z'), 4);

describe('what a vendor shows of a row', () => {
  it('is rebuilt at midnight and noon, and complete four hours before', () => {
    expect(refresh).toEqual({ at: at('2026-11-25T00:00:00Z'), through: at('2026-11-24T20:00:00Z') });
    expect(refreshBefore(at('2026-11-25T12:00:00Z'), 4).at).toBe(at('2026-11-25T12:00:00Z'));
  });

  it('is nothing after the rebuild, and about half in the hours that run late', () => {
    expect(new Set(grains.map((grain) => seenShare(grain, hour('2026-11-25T00:00:00Z'), refresh)))).toEqual(
      new Set([0]),
    );
    const late = grains.filter((grain) => seenShare(grain, hour('2026-11-24T21:00:00Z'), refresh) > 0);
    expect(late.length / grains.length).toBeCloseTo(0.5, 1);
  });

  it('settles: a tenth of yesterday still moves, a hundredth after four days, nothing after thirty', () => {
    const moving = (day: string) =>
      grains.filter((grain) => seenShare(grain, hour(`${day}T10:00:00Z`), refresh) < 1).length / grains.length;
    expect(moving('2026-11-24')).toBeCloseTo(0.1, 1);
    expect(moving('2026-11-20')).toBeCloseTo(0.01, 2);
    expect(moving('2026-10-25')).toBe(0);
  });
});
