import { date, decimal, defineTable, nullable, oneOf, text, unitPrice } from '../../table.ts';
import { validFrom, validTo } from './validity.ts';

/** List prices, dated, expanded so that at most one row matches a use. */
export const prices = defineTable({
  name: 'prices',
  grain: 'One row per provider, model, meter, tier, speed, region, context bracket, and time a price holds.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['provider', 'model', 'meter', 'service_tier', 'speed', 'region', 'context_window', 'valid_from'],
  columns: {
    provider: text('vendor'),
    model: text('exact model id; `*` where the meter has one price for all models'),
    meter: text('id of shared/meters.ts'),
    service_tier: text('standard, batch, flex, priority …'),
    speed: text('standard or fast'),
    region: text('global, us …'),
    context_window: text('base or a bracket'),
    unit_price: unitPrice('list price of a single unit, USD'),
    valid_from: validFrom,
    valid_to: validTo,
    origin: text('where the price comes from'),
    note: nullable(text('what to know; null: nothing')),
  },
});

/** Meters as a table, for FOCUS's words in SQL. */
export const meters = defineTable({
  name: 'meters',
  grain: 'One row per meter.',
  area: 'reference',
  partitioned: false,
  version: 2,
  sort: ['meter'],
  columns: {
    meter: text('id'),
    consumed_unit: text('FOCUS ConsumedUnit'),
    pricing_unit: text('FOCUS PricingUnit'),
    block: decimal(18, 0, 'units in one PricingUnit'),
    sku_meter: text('FOCUS SkuMeter'),
    is_priced: oneOf(['yes', 'no'], 'whether list prices exist for it'),
    is_contract_priced: oneOf(['yes', 'no'], 'whether a contract may say what a unit costs, before any list does'),
    token_direction: nullable(text('Input or Output; null: no token')),
    token_cache_action: nullable(text('Uncached, Read or Write; null: does not apply')),
  },
});

/** The calendar: SQL that both engines read alike cannot make a series of days. */
export const calendar = defineTable({
  name: 'calendar',
  grain: 'One row per day of the lake.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['day'],
  columns: {
    day: date('UTC day'),
    week: date('Monday of its week'),
    month: text('YYYY-MM'),
  },
});
