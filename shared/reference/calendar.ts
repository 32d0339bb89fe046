import * as z from 'zod';
import type { Platform } from '../platform.ts';
import { calendar } from '../tables/index.ts';
import { addDays, type Day } from '../time.ts';
import { keyOf } from './version.ts';

/** Days that a deployed lake's calendar reaches ahead. */
const AHEAD = 1100;

const row = z.object({ day: z.iso.date() });

/** Days of a deployed lake's calendar, the last exclusive: its history and years ahead, never less than what stands. */
export async function calendarOf(
  { objects, codec }: Pick<Platform, 'objects' | 'codec'>,
  today: Day,
  historyDays: number,
): Promise<{ readonly from: Day; readonly to: Day }> {
  const stored = await objects.get(keyOf(calendar));
  const known = (stored === null ? [] : await codec.readParquet(calendar, stored.body)).map(
    (one) => row.parse(one).day,
  );
  const [first, last] = [known.toSorted()[0], known.toSorted().at(-1)];
  const wanted = { from: addDays(today, -historyDays), to: addDays(today, AHEAD) };
  if (first === undefined || last === undefined) return wanted;
  const next = addDays(last, 1);
  return { from: first < wanted.from ? first : wanted.from, to: next > wanted.to ? next : wanted.to };
}
