import * as z from 'zod';
import type { Platform } from '../../shared/platform.ts';
import { NOBODY, pushReference } from '../../shared/reference/push.ts';
import { renewReference } from '../../shared/reference/renew.ts';
import type { Pushed } from '../../shared/reference/version.ts';
import { addDays, type Day } from '../../shared/time.ts';
import type { LakeFacts } from '../lake.ts';

type Ports = Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state'>;
type Files = Readonly<Record<string, string>>;
type Days = Pick<LakeFacts, 'since' | 'through'>;

/** Who pushed last, and a digest of what the last run had to push; null: no run has said. */
const noted = z.object({ by_hand: z.boolean(), run: z.string().nullable() });
const AT = { group: 'reference', key: 'pushed' };

/** Takes files into a lake by hand: they stand until the files of a run are others than they were. */
export async function pushByHand(platform: Ports, files: Files, days: Days): Promise<Pushed> {
  const { said, note } = await lastPush(platform);
  const pushed = await pushReference(platform, files, spanOf(days));
  await note({ by_hand: true, run: said?.run ?? null });
  return pushed;
}

/**
 * Takes the files of a run into its lake. Where some were pushed by hand, and the run's are none or the same as before, only
 * prices, meters and calendar are renewed. Answers whether what was pushed by hand has ended.
 */
export async function pushByRun(platform: Ports, files: Files, days: Days): Promise<boolean> {
  const { said, note } = await lastPush(platform);
  const run = platform.crypto.digest(JSON.stringify(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  const stays = Object.keys(files).length === 0 || said?.run === null || said?.run === run;
  if (said?.by_hand && stays) {
    await renewReference(platform, spanOf(days));
    if (said.run === null) await note({ by_hand: true, run });
    return false;
  }
  await pushReference(platform, { ...NOBODY, ...files }, spanOf(days));
  if (said?.run !== run) await note({ by_hand: false, run });
  return said?.by_hand ?? false;
}

async function lastPush({ state }: Pick<Platform, 'state'>) {
  const item = await state.get(AT);
  return {
    said: item === null ? null : noted.parse(item.data),
    note: (now: z.infer<typeof noted>) => state.update(AT, now, item?.version ?? null),
  };
}

/** Days that the calendar reaches past the last day of the lake: budgets and events lie ahead. */
const AHEAD = 62;
const spanOf = ({ since, through }: Days): { readonly from: Day; readonly to: Day } => ({
  from: since,
  to: addDays(through, AHEAD),
});
