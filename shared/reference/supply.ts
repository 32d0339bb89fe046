import { makeAnew } from '../months.ts';
import type { Platform } from '../platform.ts';
import { prices } from '../tables/index.ts';
import { dayOf } from '../time.ts';
import { calendarOf } from './calendar.ts';
import { NOBODY, pushReference } from './push.ts';
import { renewReference } from './renew.ts';
import { keyOf } from './version.ts';

/**
 * Gives a deployed lake the prices, meters and calendar of this version. One that has none shows spend before anybody has
 * pushed a file; in one that has others, what they touch is made anew. What a company pushed stays. Answers what changed.
 */
export async function supplyReference(
  platform: Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state' | 'queue' | 'clock'>,
  historyDays: number,
): Promise<readonly string[]> {
  const range = await calendarOf(platform, dayOf(platform.clock.now()), historyDays);
  if ((await platform.objects.head(keyOf(prices))) === null)
    return (await pushReference(platform, NOBODY, range)).changed;
  const { version, changed } = await renewReference(platform, range);
  if (changed.length > 0) await makeAnew(platform, `reference.${version}`);
  return changed;
}
