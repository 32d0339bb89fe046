import { date, decimal, defineTable, nullable, oneOf, text, timestamp, whole } from '../table.ts';

/** What became of an incident. */
export const INCIDENT_STATES = ['open', 'acknowledged', 'snoozed', 'expected', 'closed'] as const;

/** States in which somebody still has to do something, now or later. */
export const LIVE_STATES: readonly string[] = ['open', 'acknowledged', 'snoozed'];

/** Incidents, exported from the state store so that SQL and the page can see them. */
export const incidents = defineTable({
  name: 'incidents',
  grain: 'One row per incident, as it stands now.',
  area: 'status',
  partitioned: false,
  version: 1,
  sort: ['opened_day', 'incident_id'],
  columns: {
    incident_id: text('stable id'),
    version: whole('raised with every change of state'),
    kind: text('detector, e.g. spend_spike'),
    scope_kind: oneOf(['person', 'team', 'credential', 'company'], 'whose series it is'),
    scope_id: text('person id, team, key id'),
    team_id: nullable(text('team that owns it; null: nobody yet')),
    owner_id: nullable(text('person id of who is told; null: nobody yet')),
    provider: nullable(text('vendor with the largest excess; null: several')),
    severity: oneOf(['info', 'warning', 'critical'], 'how loud'),
    state: oneOf(INCIDENT_STATES, 'where it stands'),
    opened_day: date('first day over the bound'),
    last_day: date('last day over the bound'),
    opened_at: timestamp('when it was found'),
    changed_at: timestamp('when it last changed'),
    actual_cost: decimal(28, 10, 'what the days over the bound cost'),
    expected_cost: decimal(28, 10, 'what those days usually cost'),
    excess_cost: decimal(28, 10, 'actual less expected'),
    baseline: text('the rule and its numbers, in words'),
    cause: nullable(text('probable cause, in words; no names')),
    next_step: text('what to do next, in words'),
    note: nullable(text('what a person said of it; null: nothing')),
  },
});
