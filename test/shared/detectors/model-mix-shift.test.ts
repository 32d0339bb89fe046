import { describe, expect, it } from 'vitest';
import type { History, Surroundings } from '../../../shared/detector.ts';
import { modelMixShift } from '../../../shared/detectors/model-mix-shift.ts';

const of = (more: Partial<History>): History => ({
  scope_kind: 'team',
  scope_id: 'search',
  day: '2026-11-24',
  kind: 'work',
  actual: '0.00',
  past: [],
  isNew: false,
  factor: 1,
  peers: null,
  explained: 0,
  ...more,
});
const past = (...amounts: number[]) =>
  amounts.map((amount, index) => ({
    day: `2026-11-${String(index + 2).padStart(2, '0')}`,
    kind: 'work' as const,
    amount,
  }));

describe('a day of a dearer mix', () => {
  it.each([
    ['at the floor', '20.00', of({}), false],
    ['above the floor', '20.01', of({}), true],
    ['of a mix that moves to and fro', '29.00', of({ past: past(4, 20, 1) }), false],
    ['above one and a half times the dearest before', '30.01', of({ past: past(4, 20, 1) }), true],
    ['of a planned migration', '59.00', of({ factor: 3 }), false],
    ['that something else explains', '49.00', of({ explained: 30 }), false],
  ])('%s', (_name, actual, history, isOver) => {
    expect(modelMixShift.judge({ ...history, actual })?.isOver).toBe(isOver);
  });

  it('says what was expected, the bound, and the rule in words', () => {
    expect(modelMixShift.judge(of({ actual: '24.00', past: past(10) }))).toEqual({
      isOver: true,
      expected: '0.00',
      bound: '20.00',
      nearness: 1.2,
      rule: 'what answers over 1.3 times dearer than in the weeks before cost a day, bound $20.00',
    });
  });
});

describe('in words', () => {
  const around: Surroundings = {
    scope_kind: 'team',
    scope_id: 'search',
    isOffDay: false,
    provider: 'anthropic',
    detail: 'claude-opus-5-5',
    contributors: [],
    raised: 0,
    active: 0,
    isShared: false,
  };

  it('names the model that grew and where', () => {
    expect(modelMixShift.explain(around).cause).toBe(
      "More of the team's answers come from claude-opus-5-5 at anthropic: a default that an update moved, or a setting of the team's.",
    );
  });

  it('names none where none is told', () => {
    expect(modelMixShift.explain({ ...around, detail: null, provider: null }).cause).toBe(
      "More of the team's answers come from dearer models.",
    );
  });
});
