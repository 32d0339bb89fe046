import * as z from 'zod';
import type { Platform } from '../shared/platform.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import type { BillingPeriod } from '../shared/time.ts';

const judged = z.object({ of: z.string() });

/** Months that detectors have not seen as they are. */
export interface Unjudged {
  readonly periods: readonly BillingPeriod[];
  /** Notes that they have been seen as they were when this was asked. */
  readonly seen: () => Promise<void>;
}

/**
 * The months whose marts have changed since detectors went through them: those just made, and those of a run that was
 * stopped before it had looked.
 */
export async function unjudged(
  { state, warehouse }: Pick<Platform, 'state' | 'warehouse'>,
  periods: readonly BillingPeriod[],
): Promise<Unjudged> {
  const pointers = await Promise.all(MATERIALISED.map(({ name }) => warehouse.partitions(name)));
  const found = await Promise.all(
    periods.map(async (period) => {
      const at = { group: 'judged', key: period };
      const item = await state.get(at);
      const of = pointers.map((months) => months.get(period) ?? '').join(' ');
      return { period, at, of, item, isSeen: item !== null && judged.parse(item.data).of === of };
    }),
  );
  const due = found.filter(({ isSeen }) => !isSeen);
  return {
    periods: due.map(({ period }) => period),
    seen: async () => {
      for (const { at, of, item } of due) await state.update(at, { of }, item?.version ?? null);
    },
  };
}
