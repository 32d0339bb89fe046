import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DayKind, History } from '../../../shared/detector.ts';
import { spendSpike } from '../../../shared/detectors/spend-spike.ts';
import { addDays } from '../../../shared/time.ts';
import monday from '../../fixtures/cases/monday-after-a-quiet-weekend.json' with { type: 'json' };

const past = (amounts: readonly number[], kind: DayKind = 'work') =>
  amounts.map((amount, index) => ({ day: addDays('2026-10-01', index), kind, amount }));

const of = (given: Partial<History>): History => ({
  ...{ scope_kind: 'person', scope_id: 'p_1', day: '2026-11-02', kind: 'work', actual: '0', past: [], isNew: false },
  ...{ factor: 1, peers: null, explained: 0 },
  ...given,
});

/** Ten days at 10: middle ln 10, own spread 0, drawn sqrt(8 * 0.2025 / 18) = 0.3: 10 * e^(3.15 * 0.3) = 25.73; the floor says 60. */
const steady = past(Array<number>(10).fill(10));
/** Ten days at 100: 100 * e^0.945 = 257.28. */
const heavy = past(Array<number>(10).fill(100));

describe('a person with a history', () => {
  it('is over when the day costs more than the bound on the log scale', () => {
    expect(spendSpike.judge(of({ past: heavy, actual: '257.29' }))).toEqual({
      isOver: true,
      expected: '100.00',
      bound: '257.28',
      nearness: expect.closeTo(257.29 / (100 * Math.exp(3.15 * 0.3)), 10),
      rule: 'usual $100.00 (median of 10 active working days in four weeks), bound $257.28',
    });
    expect(spendSpike.judge(of({ past: heavy, actual: '257.28' }))?.isOver).toBe(false);
  });

  it('is never over below the dollar floor, whatever the multiple', () => {
    expect(spendSpike.judge(of({ past: steady, actual: '59.99' }))).toMatchObject({ isOver: false, bound: '60.00' });
    expect(spendSpike.judge(of({ past: steady, actual: '60.01' }))).toMatchObject({ isOver: true, expected: '10.00' });
  });

  it('may always cost a quarter more than on its dearest day', () => {
    const one = past([...Array<number>(10).fill(100), 400]);
    expect(spendSpike.judge(of({ past: one, actual: '499' }))).toMatchObject({ isOver: false, bound: '500.00' });
  });

  it('has a bound of at most 4.6 usual days however wide its days lie', () => {
    // Own spread far above the limit 0.62: e^(3.15 * 0.62) = 7.05 is cut to 4.6; the dearest day allows 1.25 * 200.
    const wide = past([20, 200, 20, 200, 20, 200, 20, 200, 60, 60, 60]);
    expect(spendSpike.judge(of({ past: wide, actual: '1' }))?.bound).toBe('276.00');
  });

  it('is never over for costing little', () => {
    expect(spendSpike.judge(of({ past: heavy, actual: '0.01' }))?.isOver).toBe(false);
  });

  it('may cost as many times more as a planned event says', () => {
    expect(spendSpike.judge(of({ past: heavy, factor: 3, actual: '700' }))).toMatchObject({
      isOver: false,
      expected: '300.00',
      rule: 'usual $300.00 (median of 10 active working days in four weeks), bound $771.84, times 3 for a planned event',
    });
  });
});

describe('days off', () => {
  const weeks = [0, 1, 2, 3];
  const team = of({
    scope_kind: 'team',
    past: [
      ...past(weeks.flatMap(() => monday.given.daily_usd.mon_to_fri)),
      ...past(
        weeks.flatMap(() => monday.given.daily_usd.sat_sun),
        'off',
      ),
    ],
  });

  it('does not take a Monday after a quiet weekend for a spike', () => {
    const verdict = spendSpike.judge({ ...team, actual: String(monday.given.today.usd) });
    expect(verdict?.isOver).toBe(monday.expect.values.alert_on_monday);
    // 20 days: distances from ln 100 are at most 0.041; the spread is kept at 0.17: 100 * e^(3.4 * 0.17).
    expect(verdict?.bound).toBe('178.25');
  });

  it('takes a Saturday far above its like for one, though it is below every weekday', () => {
    const verdict = spendSpike.judge({ ...team, kind: 'off', actual: String(monday.given.also.usd) });
    expect(verdict?.isOver).toBe(monday.expect.values.alert_on_saturday);
    expect(verdict?.expected).toBe('3.50');
  });

  it('are judged by all days while there are too few of their kind', () => {
    const some = of({ past: [...heavy, ...past([5, 5, 5], 'off')], kind: 'off', actual: '60' });
    expect(spendSpike.judge(some)).toMatchObject({ isOver: false, expected: '100.00' });
  });
});

describe('without a history of its own', () => {
  it('says nothing while the peers have none either', () => {
    expect(spendSpike.judge(of({ past: past([10, 10]), actual: '900' }))).toBeNull();
  });

  it('takes a seldom active person by the usual day of the peers', () => {
    const seldom = of({ past: past([10, 10]), peers: 20, actual: '92.01' });
    expect(spendSpike.judge(seldom)).toMatchObject({ isOver: true, expected: '20.00', bound: '92.00' });
  });

  it('lets a newcomer spend up to a high floor, also when some days are known', () => {
    const joined = of({ past: steady, isNew: true, peers: 15, actual: '99' });
    expect(spendSpike.judge(joined)).toMatchObject({ isOver: false, bound: '100.00' });
    expect(spendSpike.judge({ ...joined, actual: '101' })?.isOver).toBe(true);
  });

  it('says nothing of a key: only its own history judges it', () => {
    expect(spendSpike.judge(of({ scope_kind: 'credential', peers: 5, actual: '900' }))).toBeNull();
  });
});

describe('a key', () => {
  it('that bursts is over six of its usual days', () => {
    // 14 days near 4: spread drawn to 0.3 at least; 4 * e^(3.4 * 0.3) = 11.09, the floor says 34.
    const key = of({ scope_kind: 'credential', past: past(Array<number>(14).fill(4)), actual: '276.00' });
    expect(spendSpike.judge(key)).toMatchObject({ isOver: true, expected: '4.00', bound: '34.00' });
  });
});

describe('a team', () => {
  const days = { scope_kind: 'team', past: past(Array<number>(20).fill(100)), actual: '400' } as const;

  it('is over when all of it is unexplained', () => {
    expect(spendSpike.judge(of(days))?.isOver).toBe(true);
  });

  it('is not over when a person or key inside explains what is too much', () => {
    expect(spendSpike.judge(of({ ...days, explained: 290 }))?.isOver).toBe(false);
  });
});

describe('in words', () => {
  const around = {
    scope_kind: 'team',
    scope_id: 'search',
    isOffDay: false,
    provider: 'anthropic',
    detail: null,
  } as const;
  const ana = { scope_kind: 'person', scope_id: 'p_1', excess: '90.00', share: 0.9 } as const;

  it('names something shared as the cause when half of a team has risen', () => {
    expect(spendSpike.explain({ ...around, contributors: [ana], raised: 3, active: 6, isShared: true }).cause).toBe(
      '3 of 6 people and keys cost more than half again their usual at anthropic: something they share changed, such as the default model, a tool list or a common task.',
    );
  });

  it('says how much of the excess one person makes', () => {
    expect(spendSpike.explain({ ...around, contributors: [ana], raised: 1, active: 6, isShared: false }).cause).toBe(
      'One person makes 90 % of the excess at anthropic.',
    );
  });

  it('takes use on a day off for something left running', () => {
    const person = {
      ...around,
      scope_kind: 'person',
      isOffDay: true,
      contributors: [],
      raised: 0,
      active: 0,
      isShared: false,
    } as const;
    expect(spendSpike.explain(person).cause).toMatch(/left running/);
  });
});

it('does what the worked example in the docs says', () => {
  const days = past([24, 36, 18, 44, 30, 60, 28, 22, 50, 32]);
  const verdict = spendSpike.judge(of({ past: days, actual: '150.00' }));
  expect(verdict).toMatchObject({ isOver: true, expected: '31.00', bound: '126.35' });
  expect(readFileSync(join(import.meta.dirname, '../../../docs/detection.md'), 'utf8')).toContain(verdict?.rule);
});
