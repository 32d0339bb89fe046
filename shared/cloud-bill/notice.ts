import * as z from 'zod';
import { queueDays } from '../months.ts';
import type { Platform } from '../platform.ts';
import type { BillingPeriod } from '../time.ts';
import type { Bills } from './delivery.ts';

const seen = z.object({ digest: z.string() });

/** Queues the months of which a bill was delivered anew, each once; one half-delivered is looked at again. */
export async function noticeBills(
  { state, queue, crypto, clock }: Pick<Platform, 'state' | 'queue' | 'crypto' | 'clock'>,
  { bills, delivered }: Bills,
  months: readonly BillingPeriod[],
): Promise<number> {
  let count = 0;
  for (const bill of bills)
    for (const period of months) {
      const { state: is, fingerprint } = await delivered(bill, period);
      if (is !== 'whole') continue;
      const digest = crypto.digest(fingerprint);
      const at = { group: `bill#${bill.account}`, key: period };
      const item = await state.get(at);
      if (item !== null && seen.parse(item.data).digest === digest) continue;
      // Queued before it is noted: what is queued twice is made once.
      await queueDays(queue, `bill.${bill.account}.${period}.${clock.now()}`, [`${period}-01`]);
      await state.update(at, { digest }, item?.version ?? null);
      count += 1;
    }
  return count;
}
