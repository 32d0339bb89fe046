import * as z from 'zod';
import { METERS, type MeterId } from '../meters.ts';
import { DecimalError, scaled } from '../money.ts';

/** `valid_from` of a price that holds since ever. */
export const SINCE_EVER = '0001-01-01';
/** `valid_to` of a price that still holds. */
export const STILL = '9999-12-31';
/** The `model` of a price that is the same for every model, or for a use without one. */
export const EVERY_MODEL = '*';
/** Decimal places of a unit price: those of the column it goes to, `decimal(20,14)`. */
export const PRICE_PLACES = 14;

/** One list price in USD of a single unit, valid from one day up to but not including another. */
export interface PriceRow {
  readonly provider: string;
  /** Exact id as the vendor's usage writes it, or `*`. */
  readonly model: string;
  readonly meter: MeterId;
  readonly service_tier: string;
  readonly speed: string;
  readonly region: string;
  readonly context_window: string;
  readonly unit_price: string;
  /** What one unit is: token, request, session, hour, character, second, gb_day. */
  readonly unit: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly origin: string;
  /** Codes, comma between: `tier_not_reported`, `standard_rate`, `free` …; null: nothing to know. */
  readonly note: string | null;
}

/** The dimensions that pick a price beside provider, model and meter, with what holds where nothing is said. */
export const BASE = { service_tier: 'standard', speed: 'standard', region: 'global', context_window: 'base' } as const;

const places = new RegExp(`^\\d{1,6}(\\.\\d{1,${PRICE_PLACES}})?$`);
const meterIds = METERS.filter(({ priced }) => priced).map(({ id }) => id);
const meter = z.enum(meterIds);
const unitPrice = z.string().regex(places, `must be plain decimal text with at most ${PRICE_PLACES} places`);
const models = z.array(z.string().regex(/^[\w.:*-]+$/, 'must be an exact model id')).min(1);
const factor = z.string().refine(isFactor, 'must be a positive decimal with at most 4 places');

function isFactor(text: string): boolean {
  try {
    return scaled(text, 4) > 0n;
  } catch (error) {
    if (error instanceof DecimalError) return false;
    throw error;
  }
}

const dimensions = {
  service_tier: z.string().optional(),
  speed: z.string().optional(),
  region: z.string().optional(),
  context_window: z.string().optional(),
};
const validity = { valid_from: z.iso.date().optional(), valid_to: z.iso.date().optional() };

/** A price as the files write it: what is left out is `BASE`, since ever, and still. */
export const priceLine = z.strictObject({
  meter,
  ...dimensions,
  unit_price: unitPrice,
  ...validity,
  note: z.string().optional(),
});

/** A file that `npm run prices` writes: one vendor's prices out of one release of a price package. */
export const priceFile = z.strictObject({
  provider: z.string(),
  origin: z.strictObject({
    package: z.string(),
    version: z.string(),
    file: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    pinned_on: z.iso.date(),
    license: z.string(),
    assumption: z.string(),
  }),
  pages: z.array(z.url()),
  prices: z.array(z.strictObject({ rule: z.string(), models, lines: z.array(priceLine).min(1) })),
});

const source = { page: z.url(), read_on: z.iso.date(), why: z.string().min(1) };

/** `overrides.json`: what we know better or besides, each entry with the page and the day it was read. */
export const overrideFile = z.strictObject({
  /** Prices that replace whatever else is said for the same use and time. */
  prices: z.array(
    z.strictObject({
      provider: z.string(),
      models,
      meter,
      ...dimensions,
      unit_price: unitPrice,
      ...validity,
      note: z.string().optional(),
      ...source,
    }),
  ),
  /** When a model, or one of its tiers, could be used at all; outside of it there is no price. */
  spans: z.array(z.strictObject({ provider: z.string(), models, ...dimensions, ...validity, ...source })),
  /** Prices that are a multiple of others, applied in this order, only where no price is said yet. */
  factors: z.array(
    z.strictObject({
      provider: z.string(),
      /** Left out: every model that has the meters and dimensions of `from`. */
      models: models.optional(),
      from: z.strictObject({ model: z.string().optional(), meter: meter.optional(), ...dimensions }),
      to: z.strictObject({ model: z.string().optional(), meter: meter.optional(), ...dimensions }),
      factor,
      note: z.string().optional(),
      ...source,
    }),
  ),
});

/** `model-ids.json`: the exact ids we price, by provider, as usage and cost answers write them. */
export const modelIdFile = z.record(z.string(), z.array(z.string()).min(1));

/** `unpriced.json`: uses that have no list price, with the reason; null matches anything. */
export const unpricedFile = z.array(
  z.strictObject({
    provider: z.string(),
    model: z.string().nullable(),
    meter: meter.nullable(),
    service_tier: z.string().nullable(),
    reason: z.string().min(1),
  }),
);

/** A vendor's imported prices. */
export type PriceFile = z.infer<typeof priceFile>;
/** Our own prices on top. */
export type OverrideFile = z.infer<typeof overrideFile>;
/** One price of a file. */
export type PriceLine = z.infer<typeof priceLine>;
/** One use without a list price. */
export type Unpriced = z.infer<typeof unpricedFile>[number];

/** What one unit of a meter is, in the singular. */
export function unitOf(meter: MeterId): string {
  const unit = METERS.find(({ id }) => id === meter)?.unit.toLowerCase() ?? 'unit';
  return unit.replace('-', '_').replace(/s$/, '');
}
