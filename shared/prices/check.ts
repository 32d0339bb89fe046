import { scaled } from '../money.ts';
import { keyOf } from './periods.ts';
import { BASE, EVERY_MODEL, PRICE_PLACES, type PriceRow, type Unpriced } from './price.ts';

/** How far a price may stand from its neighbours before it is taken for a slip of the unit. */
const ABSURD = 1000n;

/** Models that answer with a vector or a verdict, not with tokens. */
const WITHOUT_OUTPUT = /^(text-embedding|text-moderation|omni-moderation)-/;

/** What `checkBook` looks at. */
export interface Checked {
  readonly rows: readonly PriceRow[];
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly unpriced: readonly Unpriced[];
}

/** Everything that is wrong with a price book, a sentence each with file, model, meter, value and what would be right. */
export function checkBook({ rows, ids, unpriced }: Checked): string[] {
  return [
    ...dates(rows),
    ...rows.flatMap(sign),
    ...absurd(rows),
    ...outputs(rows),
    ...missing(rows, ids, unpriced),
    ...contradicted(rows, unpriced),
  ];
}

const where = (row: PriceRow): string => {
  const file = row.origin === 'override' ? 'overrides' : row.provider;
  const dimensions = [row.service_tier, row.speed, row.region, row.context_window].join(' ');
  return `shared/prices/${file}.json: ${row.provider} ${row.model} ${row.meter} (${dimensions}, from ${row.valid_from})`;
};

function dates(rows: readonly PriceRow[]): string[] {
  const keys = Map.groupBy(rows, keyOf);
  return [...keys.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1));
    return sorted.flatMap((row, index) => {
      const next = sorted[index + 1];
      if (row.valid_to <= row.valid_from) return [`${where(row)} ends ${row.valid_to}; it must end after it begins`];
      if (next === undefined || next.valid_from === row.valid_to) return [];
      const problem = next.valid_from < row.valid_to ? 'overlaps the next' : 'leaves a gap before the next';
      return [
        `${where(row)} at ${row.unit_price} ends ${row.valid_to} and ${problem}; it must end ${next.valid_from}, where that begins`,
      ];
    });
  });
}

function sign(row: PriceRow): string[] {
  const price = scaled(row.unit_price, PRICE_PLACES);
  if (price < 0n) return [`${where(row)} is ${row.unit_price}; a price is not negative`];
  const free = row.note === 'free';
  if (price === 0n && !free)
    return [`${where(row)} is 0; give the price, or the note 'free' if the vendor says it is free`];
  return [];
}

/** A price far from the same meter's others in its provider, or from its model's other tokens, is a slip of the unit. */
function absurd(rows: readonly PriceRow[]): string[] {
  const byMeter = Map.groupBy(rows, ({ provider, meter }) => `${provider}|${meter}`);
  const tokens = rows.filter(({ unit }) => unit === 'token');
  const byModel = Map.groupBy(tokens, ({ meter: _, ...row }) => keyOf({ ...row, meter: 'requests' }));
  const groups = [...byMeter.values(), ...byModel.values()].filter((group) => group.length > 2);
  const found = groups.flatMap((group) => {
    const prices = group.map((row) => scaled(row.unit_price, PRICE_PLACES)).toSorted((a, b) => (a < b ? -1 : 1));
    const median = prices[Math.floor(prices.length / 2)] ?? 0n;
    return group.filter(({ unit_price }) => {
      const price = scaled(unit_price, PRICE_PLACES);
      return price > 0n && (price > median * ABSURD || price * ABSURD < median);
    });
  });
  return [...new Set(found)].map(
    (row) =>
      `${where(row)} is ${row.unit_price} per ${row.unit}, over ${ABSURD} times off its neighbours; is it the price of one ${row.unit}?`,
  );
}

function outputs(rows: readonly PriceRow[]): string[] {
  const base = rows.filter((row) => row.service_tier === BASE.service_tier && row.speed === BASE.speed);
  const answering = new Set(
    base.filter(({ meter }) => meter === 'output_tokens').map(({ provider, model }) => `${provider}|${model}`),
  );
  const asked = base.filter(
    ({ meter, context_window }) => meter === 'input_tokens' && context_window === BASE.context_window,
  );
  return asked
    .filter(({ provider, model, region }) => {
      const silent = WITHOUT_OUTPUT.test(model) || answering.has(`${provider}|${model}`);
      return region === BASE.region && !silent;
    })
    .map((row) => `${where(row)} has an input price and no output_tokens price; give it one`);
}

function missing(rows: readonly PriceRow[], ids: Checked['ids'], unpriced: readonly Unpriced[]): string[] {
  const priced = new Set(rows.map(({ provider, model }) => `${provider}|${model}`));
  const explained = new Set(unpriced.map(({ provider, model }) => `${provider}|${model}`));
  const listed = new Set(
    Object.entries(ids).flatMap(([provider, models]) => models.map((model) => `${provider}|${model}`)),
  );
  const without = [...listed].filter((id) => !priced.has(id) && !explained.has(id));
  const unlisted = [...priced].filter((id) => !listed.has(id) && !id.endsWith(`|${EVERY_MODEL}`));
  return [
    ...without.map(
      (id) =>
        `shared/prices/model-ids.json: ${id.replace('|', ' ')} has no price; give it one in overrides.json, or a reason in unpriced.json`,
    ),
    ...unlisted.map(
      (id) => `shared/prices/model-ids.json: ${id.replace('|', ' ')} has a price and is not listed; list it`,
    ),
  ];
}

function contradicted(rows: readonly PriceRow[], unpriced: readonly Unpriced[]): string[] {
  return unpriced.flatMap((entry) => {
    const row = rows.find(
      ({ provider, model, meter, service_tier }) =>
        provider === entry.provider &&
        (entry.model ?? model) === model &&
        (entry.meter ?? meter) === meter &&
        (entry.service_tier ?? service_tier) === service_tier,
    );
    if (row === undefined || (entry.model === null && entry.service_tier === null)) return [];
    return [
      `shared/prices/unpriced.json: ${entry.provider} ${entry.model} ${row.meter} has the price ${row.unit_price}; take the entry out`,
    ];
  });
}
