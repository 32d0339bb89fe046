import * as z from 'zod';
import { LIVE_STATES } from '../../../shared/tables/incidents.ts';
import type { Filters } from '../address.ts';
import { isIfSet, named, type Query, select } from '../select.ts';

const row = z.object({
  incident_id: z.string(),
  kind: z.string(),
  scope_kind: z.string(),
  scope_id: z.string(),
  team_id: z.string().nullable(),
  owner_id: z.string().nullable(),
  provider: z.string().nullable(),
  severity: z.string(),
  state: z.string(),
  opened_day: z.string(),
  last_day: z.string(),
  opened_at: z.string(),
  actual_cost: z.string(),
  expected_cost: z.string(),
  excess_cost: z.string(),
  baseline: z.string(),
  cause: z.string().nullable(),
  next_step: z.string(),
  note: z.string().nullable(),
});

/** An incident as it stands. */
export type Incident = z.infer<typeof row>;

/** Whether somebody still has to do something. */
export const isLive = ({ state }: Incident): boolean => LIVE_STATES.includes(state);
const live = `(${LIVE_STATES.map((state) => `'${state}'`).join(', ')})`;

/** Incidents and their sums. */
export interface Incidents {
  /** Live ones first, then the latest. */
  readonly rows: readonly Incident[];
  /** Excess of the live ones together. */
  readonly liveExcess: string;
}

/** Reads the incidents of a team and vendor, or all. */
export async function readIncidents(query: Query, { team, vendor }: Filters): Promise<Incidents> {
  const where = [isIfSet('team_id', team), isIfSet('provider', vendor)];
  const rows = await query(
    select({
      columns: named(...Object.keys(row.shape)),
      from: 'incidents',
      where,
      order: [`state not in ${live}`, 'opened_day desc', 'incident_id'],
    }),
  );
  const [sums] = await query(
    select({
      columns: { excess: 'cast(coalesce(sum(excess_cost), 0) as decimal(28,10))' },
      from: 'incidents',
      where: [...where, `state in ${live}`],
    }),
  );
  return { rows: rows.map((one) => row.parse(one)), liveExcess: sums?.excess ?? '0' };
}
