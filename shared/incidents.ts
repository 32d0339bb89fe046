import * as z from 'zod';
import { message } from './alerts/message.ts';
import { SCOPE_KINDS, type Scope } from './detector.ts';
import { scaled, sum, unscaled } from './money.ts';
import type { Crypto } from './platform.ts';
import type { Row } from './table.ts';
import { INCIDENT_STATES, type incidents } from './tables/incidents.ts';
import { addDays, type Day } from './time.ts';

const SEVERITIES = ['info', 'warning', 'critical'] as const;

/** An incident as the state keeps it. */
export const incident = z.object({
  incident_id: z.string(),
  /** Raised with every change of state, and when it is told that it grew. */
  version: z.int(),
  kind: z.string(),
  scope_kind: z.enum(SCOPE_KINDS),
  scope_id: z.string(),
  team_id: z.string().nullable(),
  owner_id: z.string().nullable(),
  provider: z.string().nullable(),
  state: z.enum(INCIDENT_STATES),
  opened_at: z.string(),
  changed_at: z.string(),
  /** First and last day over the bound; they stay when a correction takes the days away. */
  opened_day: z.iso.date(),
  last_day: z.iso.date(),
  baseline: z.string(),
  cause: z.string().nullable(),
  next_step: z.string(),
  note: z.string().nullable(),
  /** Last day on which nothing is told of it, while it is snoozed; null: it is not. */
  snoozed_until: z.iso.date().nullable().default(null),
  /** Days over the bound. */
  days: z.record(z.iso.date(), z.object({ actual: z.string(), expected: z.string(), bound: z.string() })),
  contributors: z.array(
    z.object({ scope_kind: z.enum(SCOPE_KINDS), scope_id: z.string(), excess: z.string(), share: z.number() }),
  ),
  /** How many more contributors there are. */
  further: z.int(),
  /** Why it closed; null while it has not. */
  ended: z.enum(['closed', 'corrected', 'explained', 'became_usual']).nullable(),
  /** From this day on its days count as usual; null: they never do. */
  usual_from: z.iso.date().nullable(),
  /** How it stood when it was last told; null: never. */
  told: z
    .object({ state: z.enum(INCIDENT_STATES), severity: z.enum(SEVERITIES), excess: z.string(), at: z.string() })
    .nullable(),
  /** The outbox: what is to be published, oldest first. It stands in the item, so that no crash parts the two. */
  unsent: z.array(message),
});

/** An incident. */
export type Incident = z.infer<typeof incident>;

/** More excess than this, in dollars, is critical. */
const CRITICAL = scaled('150', 10);

/** The id of an incident: the day it was found for, and a hash of whose it is. The same facts always give the same id. */
export function incidentId(crypto: Pick<Crypto, 'digest'>, kind: string, scope: Scope, day: Day): string {
  return `inc-${day.replaceAll('-', '')}-${crypto.digest(`${kind} ${scope.scope_kind} ${scope.scope_id}`).slice(0, 6)}`;
}

/** The first id an incident of this day can have. */
export const firstIdOf = (day: Day): string => `inc-${day.replaceAll('-', '')}`;

/** What an incident's days cost, usually cost, and cost more, exactly. */
export function amounts({ days }: Incident): { actual_cost: string; expected_cost: string; excess_cost: string } {
  const all = Object.values(days);
  const actual_cost = sum(all.map(({ actual }) => actual));
  const expected_cost = sum(all.map(({ expected }) => expected));
  return { actual_cost, expected_cost, excess_cost: unscaled(scaled(actual_cost, 10) - scaled(expected_cost, 10), 10) };
}

/** How loud an incident is. */
export function severityOf(of: Incident): 'warning' | 'critical' {
  return scaled(amounts(of).excess_cost, 10) > CRITICAL ? 'critical' : 'warning';
}

/** Whether an incident's day is left out when `judged` is compared with its past. */
export function isLeftOut(of: Incident, day: Day, judged: Day): boolean {
  return of.days[day] !== undefined && (of.usual_from === null || judged < of.usual_from);
}

/** Whether a day over the bound belongs to this incident: at most so many days away from it. */
export function reaches(of: Incident, day: Day, quietDays: number): boolean {
  return of.usual_from === null && day >= addDays(of.opened_day, -quietDays) && day <= addDays(of.last_day, quietDays);
}

/** An incident as a row of the table that SQL and the page read. */
export function incidentRow(of: Incident): Row<typeof incidents> {
  const { incident_id, version, kind, scope_kind, scope_id, team_id, owner_id, provider, state } = of;
  const { opened_day, last_day, opened_at, changed_at, baseline, cause, next_step, note } = of;
  return {
    ...{
      incident_id,
      version,
      kind,
      scope_kind,
      scope_id,
      team_id,
      owner_id,
      provider,
      severity: severityOf(of),
      state,
    },
    ...{ opened_day, last_day, opened_at, changed_at, ...amounts(of), baseline, cause, next_step, note },
  };
}
