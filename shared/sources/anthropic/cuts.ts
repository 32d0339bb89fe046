import { nameOf } from '../add-up.ts';

/** What the price of a token depends on, and by which parameter an answer is narrowed to one value of it. */
const FILTERS = {
  model: 'models',
  service_tier: 'service_tiers',
  context_window: 'context_windows',
  inference_geo: 'inference_geos',
  speed: 'speeds',
} as const;

/** A dimension of the price cut. */
export type PriceDimension = keyof typeof FILTERS;
/** The five dimensions of the price cut. */
export const PRICED_BY = Object.keys(FILTERS) as readonly PriceDimension[];
/** The five dimensions of the attribution cut. */
export const ATTRIBUTED_BY = ['api_key_id', 'workspace_id', 'actor', 'product', 'session_id'] as const;

/** One combination of what prices, as the vendor told it. */
export type Combination = Readonly<Record<PriceDimension, string | null>>;

/** Only the dimensions that price. */
export const combinationOf = (of: Combination): Combination => ({
  model: of.model,
  service_tier: of.service_tier,
  context_window: of.context_window,
  inference_geo: of.inference_geo,
  speed: of.speed,
});

/** What a filter can say of a dimension: null can be said of the geography alone, in a word of its own. */
const sayable = (of: Combination, dimension: PriceDimension): string | null =>
  of[dimension] ?? (dimension === 'inference_geo' ? 'not_available' : null);

/**
 * The filters that select this combination and no other of those seen; null when none do.
 * A null cannot be filtered for, but need not be where the other values already single the combination out.
 * Without a model (code execution) little else is told, and what singles it out one day would not the next.
 */
export function filtersOf(of: Combination, seen: readonly Combination[]): [string, string][] | null {
  if (of.model === null) return null;
  const said = PRICED_BY.flatMap((dimension) => {
    const value = sayable(of, dimension);
    return value === null ? [] : [{ dimension, value }];
  });
  const selects = (other: Combination): boolean =>
    said.every(({ dimension, value }) => sayable(other, dimension) === value);
  const named = new Set([of, ...seen.filter(selects)].map((one) => nameOf(one, PRICED_BY)));
  return named.size > 1 ? null : said.map(({ dimension, value }) => [`${FILTERS[dimension]}[]`, value]);
}
