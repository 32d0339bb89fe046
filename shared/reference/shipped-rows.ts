import { METERS } from '../meters.ts';
import { priceBook } from '../prices/index.ts';
import type { Row } from '../table.ts';
import type { calendar, meters, prices } from '../tables/index.ts';
import { addDays, type Day, days, startOf } from '../time.ts';

/** Origin of a price that the company gave, and no list. */
export const OWN_PRICES = 'prices.csv';
/** What a price is a price of. */
export type PriceDimension = (typeof DIMENSIONS)[number];
const DIMENSIONS = ['provider', 'model', 'meter', 'service_tier', 'speed', 'region', 'context_window'] as const;

/** Rows of the tables that no file fills, or not alone. */
export interface ShippedRows<Own> {
  readonly prices: readonly (Row<typeof prices> | Own)[];
  readonly meters: readonly Row<typeof meters>[];
  readonly calendar: readonly Row<typeof calendar>[];
}

/** What comes with Outlay, and no file says: list prices beside the company's own, meters, days. */
export function shippedRows<Own extends Readonly<Record<PriceDimension, string>>>(
  own: readonly Own[],
  range: { readonly from: Day; readonly to: Day },
): ShippedRows<Own> {
  const useOf = (price: Readonly<Record<PriceDimension, string>>): string =>
    DIMENSIONS.map((name) => price[name]).join(' ');
  const overruled = new Set(own.map(useOf));
  return {
    // An own price overrules the list's whole history of that use: half of each would be neither.
    prices: [
      ...priceBook()
        .filter((price) => !overruled.has(useOf(price)))
        .map(({ unit: _unit, ...price }) => price),
      ...own,
    ],
    meters: METERS.map(({ id, unit, title, block, priced, contracted, direction, cache }) => ({
      meter: id,
      consumed_unit: unit,
      pricing_unit: block === 1 ? unit : `${block} ${unit}`,
      block: String(block),
      sku_meter: title,
      is_priced: priced ? 'yes' : 'no',
      is_contract_priced: contracted ? 'yes' : 'no',
      token_direction: direction,
      token_cache_action: cache,
    })),
    calendar: [...days(range.from, range.to)].map((day) => ({ day, week: mondayOf(day), month: day.slice(0, 7) })),
  };
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  const weekday = (new Date(startOf(day)).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}
