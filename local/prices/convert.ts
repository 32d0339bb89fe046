import { inRatio, perUnit } from '../../shared/prices/exact.ts';
import { EVERY_MODEL, type PriceFile, type PriceLine } from '../../shared/prices/price.ts';
import { priceKey } from './keys.ts';
import type { Vendor } from './pin.ts';
import { names, type ReleaseModel, type ReleasePrice, type ReleasePrices, type ReleaseProvider } from './release.ts';
import { byWindow, type WindowPrice } from './windows.ts';

type Group = PriceFile['prices'][number];

interface Period {
  readonly from: string | null;
  readonly to: string | null;
  readonly prices: ReleasePrices;
}

/**
 * A provider of the release as price groups, one for each rule that names some of our ids.
 * @throws Error when two rules name one id, a price is not exact, or something is said that we cannot read.
 */
export function convert(provider: ReleaseProvider, vendor: Vendor, ids: readonly string[]): Group[] {
  const groups = provider.models.map((model) => ({
    model,
    ids: ids.filter((id) => names(model.match, id)).toSorted(),
  }));
  for (const id of ids) {
    const rules = groups.filter((group) => group.ids.includes(id)).map(({ model }) => model.id);
    if (rules.length > 1)
      throw new Error(`${vendor.provider} model '${id}' is named by several rules: ${rules.join(', ')}`);
  }
  const used = groups.filter((group) => group.ids.length > 0);
  const own = used.map(({ model, ids }) => ({ rule: model.id, models: ids, lines: linesOf(model, vendor) }));
  const every = everyModelLines(
    used.map(({ model }) => model),
    vendor,
  );
  return [...own, ...(every.length > 0 ? [{ rule: EVERY_MODEL, models: [EVERY_MODEL], lines: every }] : [])]
    .filter(({ lines }) => lines.length > 0)
    .toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}

function linesOf(model: ReleaseModel, vendor: Vendor): PriceLine[] {
  const periods = periodsOf(model);
  const standard = periods.flatMap((period) => standardLines(model, vendor, period));
  const variants = model.price_variants.flatMap((variant) => {
    const dimension = dimensionOf(model.id, variant.when);
    return dimension === null ? [] : variantLines(model, vendor, periods, variant, dimension);
  });
  return [...standard, ...variants].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = (line: PriceLine): string =>
  [line.service_tier ?? '', line.speed ?? '', line.meter, line.context_window ?? '', line.valid_from ?? ''].join(' ');

function periodsOf({ prices }: ReleaseModel): Period[] {
  const sorted = prices.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return sorted.map((period, index) => ({ ...period, to: sorted[index + 1]?.from ?? null }));
}

/** The package's keys of one period that are charged by model. */
function keysOf(
  prices: ReleasePrices,
  vendor: Vendor,
): { key: string; meter: PriceLine['meter']; units: number; price: ReleasePrice }[] {
  return Object.entries(prices).flatMap(([key, price]) => {
    const known = key === 'type' ? null : priceKey(key, vendor);
    return known === null || known.everyModel ? [] : [{ key, meter: known.meter, units: known.units, price }];
  });
}

function standardLines(model: ReleaseModel, vendor: Vendor, { from, to, prices }: Period): PriceLine[] {
  return keysOf(prices, vendor).flatMap(({ meter, units, price }) =>
    byWindow(price, units, vendor, model.context_window ?? 0).map((row) => line(meter, row, {}, from, to)),
  );
}

/** Which column a variant speaks of; null for the one that only repeats the standard price. */
function dimensionOf(model: string, when: Record<string, string>): Partial<PriceLine> | null {
  const text = Object.entries(when)
    .map(([name, value]) => `${name}=${value}`)
    .join(' and ');
  if (text === 'service_tier=default') return null;
  if (text === 'processing=batch') return { service_tier: 'batch' };
  if (text === 'speed=fast') return { speed: 'fast' };
  if (/^service_tier=\w+$/.test(text)) return { service_tier: when.service_tier };
  throw new Error(`a price of ${model} holds when ${text}, which has no column yet: give it one in convert.ts`);
}

/**
 * The package dates a variant from the day its authors read the page, not from the day it began. It is carried back in
 * the ratio it bears to the standard price of that day. A flat variant of a price with a step says nothing above the step.
 */
function variantLines(
  model: ReleaseModel,
  vendor: Vendor,
  periods: readonly Period[],
  variant: ReleaseModel['price_variants'][number],
  dimension: Partial<PriceLine>,
): PriceLine[] {
  const since = variant.constraint?.start_date ?? '';
  const then = periods.findLast(({ from }) => (from ?? '') <= since) ?? periods[0];
  return periods.flatMap((period) =>
    keysOf(period.prices, vendor).flatMap(({ key, meter, units, price }) => {
      const rows = byWindow(price, units, vendor, model.context_window ?? 0);
      const said = variant.prices[key];
      if (said === undefined) {
        return rows.map((row) => line(meter, asStandard(row), dimension, period.from, period.to));
      }
      const told = byWindow(said, units, vendor, model.context_window ?? 0);
      const reference = then?.prices[key];
      if (reference === undefined) return [];
      const referred = byWindow(reference, units, vendor, model.context_window ?? 0);
      return rows.flatMap((row) => {
        const now = told.find(({ window }) => window === row.window)?.price;
        const standard = referred.find(({ window }) => window === row.window)?.price;
        const unknown = typeof said === 'string' && typeof reference !== 'string' && row.window !== 'base';
        if (now === undefined || standard === undefined || unknown) return [];
        const unit = period === then || (period.from ?? '') > since ? now : inRatio(row.price, now, standard);
        return [line(meter, { ...row, price: unit }, dimension, period.from, period.to)];
      });
    }),
  );
}

const asStandard = (row: WindowPrice): WindowPrice => ({
  ...row,
  note: row.note === null ? 'standard_rate' : `${row.note}, standard_rate`,
});

function line(
  meter: PriceLine['meter'],
  { window, price, note }: WindowPrice,
  dimension: Partial<PriceLine>,
  from: string | null,
  to: string | null,
): PriceLine {
  return {
    meter,
    ...dimension,
    ...(window === 'base' ? {} : { context_window: window }),
    unit_price: price,
    ...(from === null ? {} : { valid_from: from }),
    ...(to === null ? {} : { valid_to: to }),
    ...(note === null ? {} : { note }),
  };
}

/** Tools that the vendor charges alike for all models, as one line each. */
function everyModelLines(models: readonly ReleaseModel[], vendor: Vendor): PriceLine[] {
  const found = new Map<PriceLine['meter'], Map<string, string>>();
  for (const model of models) {
    for (const { prices } of model.prices) {
      for (const [key, price] of Object.entries(prices)) {
        const known = key === 'type' ? null : priceKey(key, vendor);
        if (known?.everyModel !== true || typeof price !== 'string') continue;
        found.set(known.meter, (found.get(known.meter) ?? new Map()).set(perUnit(price, known.units), model.id));
      }
    }
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([meter, prices]) => {
      const [first, other] = [...prices];
      if (first === undefined || other !== undefined) {
        throw new Error(
          `${vendor.provider} ${meter} has no single price: ${[...prices].map((one) => one.join(' for ')).join(', ')}`,
        );
      }
      return { meter, unit_price: first[0] };
    });
}
