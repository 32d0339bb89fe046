import * as z from 'zod';
import type { Platform } from '../platform.ts';

const minute = z.object({ minute: z.number(), taken: z.number() });

/** Most places taken from the shared count at a time: one write for so many requests. */
const MOST = 8;

/**
 * Keeps a connection below its vendor's requests a minute, all runs together (live, backfill, other machines),
 * by a count in the state. A run takes one place, then two, then four: few writes for a long one, and what a short one
 * takes and does not use is less than what it used.
 */
export function limiter(
  platform: Pick<Platform, 'state' | 'clock'>,
  connection: string,
  perMinute: number,
): () => Promise<void> {
  const at = { group: 'rate', key: connection };
  const most = Math.max(1, Math.min(MOST, Math.floor(perMinute / 3)));
  let handful = 1;
  let held = 0;
  let heldIn = -1;
  return async () => {
    for (;;) {
      const now = Math.floor(platform.clock.now() / 60_000);
      if (held > 0 && heldIn === now) {
        held -= 1;
        return;
      }
      const item = await platform.state.get(at);
      const known = item === null ? null : minute.parse(item.data);
      const taken = known?.minute === now ? known.taken : 0;
      if (taken >= perMinute) {
        await platform.clock.sleep((now + 1) * 60_000 - platform.clock.now());
        continue;
      }
      const more = Math.min(handful, perMinute - taken);
      if (await platform.state.update(at, { minute: now, taken: taken + more }, item?.version ?? null)) {
        held = more;
        heldIn = now;
        handful = Math.min(most, handful * 2);
      }
    }
  };
}
