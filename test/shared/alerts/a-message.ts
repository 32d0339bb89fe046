import type { Message } from '../../../shared/alerts/message.ts';

/** A message of a person's spike, changed as a test needs it. */
export const aMessage = (given: Partial<Message> = {}): Message => ({
  ...{ id: 'inc-20261124-e7d789#1', incident_id: 'inc-20261124-e7d789', change: 'opened', kind: 'spend_spike' },
  ...{ title: 'Spend spike', severity: 'critical', state: 'open', scope: { kind: 'person', id: 'p_0123456789abcdef' } },
  ...{ team_id: 'search', owner_id: 'p_0123456789abcdef', provider: 'anthropic' },
  ...{ first_day: '2026-11-24', last_day: '2026-11-24' },
  ...{ actual_cost: '310.2500000000', expected_cost: '20.0000000000', excess_cost: '290.2500000000' },
  against: 'usual $20.00 (median of 20 active working days in four weeks), bound $70.00',
  cause: 'One session.',
  next: 'Look for a session that still runs and stop it.',
  ...{ contributors: [], further: 0, expect: 'npm run incident -- expect inc-20261124-e7d789' },
  complete_through: '2026-11-24T14:00:00.000Z',
  ...given,
});

/** Labels of the people and teams in it. */
export const labels = (id: string): string | null =>
  new Map([
    ['p_0123456789abcdef', 'Dana Lindqvist'],
    ['search', 'Search & Ranking'],
    ['key_1', 'ci-nightly'],
  ]).get(id) ?? null;
