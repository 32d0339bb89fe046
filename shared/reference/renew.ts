import * as z from 'zod';
import { bytesIn } from '../bytes.ts';
import type { Platform } from '../platform.ts';
import type { AnyRow } from '../table.ts';
import { prices } from '../tables/index.ts';
import type { Day } from '../time.ts';
import { OWN_PRICES, type PriceDimension, shippedRows } from './shipped-rows.ts';
import { fileOf, keyOf, type Pushed, placeVersion } from './version.ts';

/** A price as it stands; what tells it from others must be there. */
const price = z.looseObject({
  ...{ provider: z.string(), model: z.string(), meter: z.string(), service_tier: z.string(), speed: z.string() },
  ...{ region: z.string(), context_window: z.string(), origin: z.string() },
} satisfies Record<PriceDimension | 'origin', z.ZodType>);

/**
 * Renews what comes with Outlay and not from anybody's files: meters, list prices, the days of the calendar. All else stays
 * as it was pushed, own prices among it. Renewing again changes nothing.
 */
export async function renewReference(
  platform: Pick<Platform, 'objects' | 'codec' | 'crypto'>,
  range: { readonly from: Day; readonly to: Day },
): Promise<Pushed> {
  const { objects, codec } = platform;
  const stored = await objects.get(keyOf(prices));
  const priced = stored === null ? [] : await codec.readParquet(prices, stored.body);
  const own = priced.map((row) => price.parse(row)).filter(({ origin }) => origin === OWN_PRICES);
  const renewed: Readonly<Record<string, readonly AnyRow[]>> = { ...shippedRows(own, range) };
  return placeVersion(platform, async (table) => {
    const rows = renewed[table.name];
    const stands = rows === undefined ? await objects.get(keyOf(table)) : null;
    return stands === null ? fileOf(platform, table, rows ?? []) : bytesIn(stands.body);
  });
}
