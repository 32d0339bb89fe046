import { describe, expect, it } from 'vitest';
import { calendar, completeThrough } from '../../../shared/detect/calendar.ts';
import type { PlannedEvent } from '../../../shared/detect/rows.ts';
import notRead from '../../fixtures/cases/a-day-not-read-is-not-a-quiet-day.json' with { type: 'json' };

const event = (given: Partial<PlannedEvent>): PlannedEvent => ({
  ...{ event_id: 'e', scope_kind: 'company', scope_id: 'company', kind: 'launch' },
  ...{ starts_on: '2026-11-02', ends_on: '2026-11-04', factor: '2.5' },
  ...given,
});
const paths: Record<string, string> = { search: 'company/product/search/', data: 'company/data/' };
const of = (...events: PlannedEvent[]) => calendar(events, [], (team) => paths[team] ?? team);
const person = { scope_kind: 'person', scope_id: 'p_1' } as const;

describe('days', () => {
  it('are off at the weekend and on a holiday of the scope, its team or the company', () => {
    const days = of(event({ kind: 'holiday', scope_kind: 'team', scope_id: 'search' }));
    expect(days.kindOf(person, 'data', '2026-11-07')).toBe('off');
    expect(days.kindOf(person, 'data', '2026-11-08')).toBe('off');
    expect(days.kindOf(person, 'data', '2026-11-09')).toBe('work');
    expect(days.kindOf(person, 'search', '2026-11-03')).toBe('off');
    expect(days.kindOf(person, 'data', '2026-11-03')).toBe('work');
  });
});

describe('planned events', () => {
  it.each([
    ['of the company', { scope_kind: 'company', scope_id: 'company' }, 2.5],
    ['of the person', { scope_kind: 'person', scope_id: 'p_1' }, 2.5],
    ['of the team', { scope_kind: 'team', scope_id: 'search' }, 2.5],
    ['of a team above', { scope_kind: 'team', scope_id: 'product' }, 2.5],
    ['of another team', { scope_kind: 'team', scope_id: 'data' }, 1],
    ['of another person', { scope_kind: 'person', scope_id: 'p_2' }, 1],
    ['that is a holiday', { kind: 'holiday' }, 1],
  ] as const)('%s', (_, given, factor) => {
    expect(of(event(given)).factor(person, 'search', '2026-11-03')).toBe(factor);
  });

  it('hold until the day before they end, and the largest of several counts', () => {
    const days = of(event({}), event({ factor: '4' }));
    expect(days.factor(person, null, '2026-11-03')).toBe(4);
    expect(days.factor(person, null, '2026-11-04')).toBe(1);
  });
});

const reading = (day: string, given: object = {}) => ({
  ...{ connection_id: 'anthropic.main', target: 'usage' as const, day, generation: '2026-11-05 06:00:00.000' },
  ...{ complete_through: `${day}T24:00:00.000Z` },
  ...given,
});

describe('a day that was not read', () => {
  it('is not whole; an answered empty day is', () => {
    const asked = Object.entries(notRead.given.days).map(([day, { status }]) =>
      reading(day, status === 200 ? {} : { generation: null, complete_through: null }),
    );
    const { isWhole } = calendar([], asked, (team) => team);
    const whole = Object.keys(notRead.given.days).filter((day) => isWhole(['anthropic.main'], day));
    expect(whole).toHaveLength(notRead.expect.values.known_days);
    expect(whole).not.toContain('2026-11-02');
  });

  it('is not whole while it still runs, in any of its connections, or when it was never due', () => {
    const half = reading('2026-11-03', { complete_through: '2026-11-03 14:00:00.000' });
    const other = reading('2026-11-03', { connection_id: 'openai.main' });
    const { isWhole } = calendar([], [half, other], (team) => team);
    expect(isWhole(['openai.main'], '2026-11-03')).toBe(true);
    expect(isWhole(['openai.main', 'anthropic.main'], '2026-11-03')).toBe(false);
    expect(isWhole(['openai.main'], '2026-11-02')).toBe(false);
  });

  it('is whole when usage is, though costs are late, and by costs where there is no usage', () => {
    const late = { target: 'costs' as const, generation: null, complete_through: null };
    const { isWhole } = calendar(
      [],
      [
        reading('2026-11-03'),
        reading('2026-11-03', late),
        reading('2026-11-03', { ...late, connection_id: 'seats.main' }),
      ],
      (team) => team,
    );
    expect(isWhole(['anthropic.main'], '2026-11-03')).toBe(true);
    expect(isWhole(['seats.main'], '2026-11-03')).toBe(false);
  });

  it('is taken as told where nothing was collected by us', () => {
    expect(of().isWhole(['other.main'], '2026-11-03')).toBe(true);
  });
});

it('is complete through what the latest of its vendors is', () => {
  const told = [reading('2026-11-03'), reading('2026-11-02'), reading('2026-11-02', { connection_id: 'openai.main' })];
  expect(completeThrough(told, new Set(['anthropic.main', 'openai.main']))).toBe(Date.parse('2026-11-03T00:00:00Z'));
  expect(completeThrough(told, new Set(['cursor.main']))).toBeNull();
});
