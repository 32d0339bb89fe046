import * as z from 'zod';
import type { Platform, StateKey } from '../platform.ts';
import type { BillingPeriod } from '../time.ts';

/** How long a month may take before another run may take over, in milliseconds: longer than any Lambda runs. */
const HELD = 16 * 60_000;

const held = z.object({ until: z.number() });

/** A month held by this run. */
export interface MonthLock {
  /** Never given twice for this table and month. */
  readonly attempt: number;
  readonly release: () => Promise<void>;
}

/** Takes a month of a table for one run; null when another run holds it. */
export async function lockMonth(
  { state, clock }: Pick<Platform, 'state' | 'clock'>,
  table: string,
  period: BillingPeriod,
): Promise<MonthLock | null> {
  const at: StateKey = { group: `month#${table}`, key: period };
  const item = await state.get(at);
  if (item !== null && held.parse(item.data).until > clock.now()) return null;
  const attempt = (item?.version ?? 0) + 1;
  if (!(await state.update(at, { until: clock.now() + HELD }, item?.version ?? null))) return null;
  return {
    attempt,
    release: async () => {
      // Lost only to a run that took over after the lock ran out.
      await state.update(at, { until: 0 }, attempt);
    },
  };
}
