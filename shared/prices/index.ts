import anthropic from './anthropic.json' with { type: 'json' };
import { makeBook } from './book.ts';
import modelIds from './model-ids.json' with { type: 'json' };
import openai from './openai.json' with { type: 'json' };
import overrides from './overrides.json' with { type: 'json' };
import { keyOf } from './periods.ts';
import { BASE, modelIdFile, overrideFile, type PriceRow, priceFile, type Unpriced, unpricedFile } from './price.ts';
import unpriced from './unpriced.json' with { type: 'json' };

let book: readonly PriceRow[] | undefined;

/**
 * The list prices of every vendor, expanded to exact rows and sorted: at most one row matches a use by equality of
 * provider, model, meter, service_tier, speed, region and context_window with `day >= valid_from and day < valid_to`.
 * No row: no known price (null and a finding, never a neighbour's).
 *
 * From what usage reports to these columns:
 *
 * | column | Anthropic | OpenAI |
 * |---|---|---|
 * | model | as reported; `*` for meters priced alike for all models | as reported; `*` likewise |
 * | service_tier | as reported; null → `standard` | `batch` where batch is true; else as reported, null and `default` → `standard` |
 * | speed | as reported; null → `standard` | `standard` |
 * | region | inference_geo as reported; null and `not_available` → `global` | `global` (`regional`: projects with data residency, which usage does not report) |
 * | context_window | `200k-1M` as reported; null and `0-200k` → `base` | `base` |
 *
 * A `*` meter (`EVERY_MODEL_METERS`) has rows for standard, standard, global, base only: batch, fast mode and residency
 * change the price of tokens, not of tools. The note `tier_not_reported` marks a base price whose model charges more
 * above a prompt length that usage does not tell (rows `>100k`, `>272k` are for requests seen one by one).
 */
export function priceBook(): readonly PriceRow[] {
  book ??= makeBook([priceFile.parse(anthropic), priceFile.parse(openai)], overrideFile.parse(overrides));
  return book;
}

/** Meters charged alike for all models: usage of them joins `model = '*'` and the base dimensions. */
export const EVERY_MODEL_METERS = [
  'code_execution_hours',
  'code_interpreter_sessions',
  'credits',
  'file_search_requests',
  'premium_requests',
  'session_hours',
  'storage_gb_days',
  'web_search_requests',
] as const satisfies readonly PriceRow['meter'][];

/** A use to be priced; dimensions left out are the base ones. */
export interface PricedUse extends Partial<Record<keyof typeof BASE, string>> {
  readonly provider: string;
  readonly model: string;
  readonly meter: PriceRow['meter'];
  readonly day: string;
}

let index: ReadonlyMap<string, readonly PriceRow[]> | undefined;

/** The price row of a use on a UTC day; null when no price is known. */
export function priceOf({ day, ...use }: PricedUse): PriceRow | null {
  index ??= Map.groupBy(priceBook(), keyOf);
  const rows = index.get(keyOf({ ...BASE, ...use })) ?? [];
  return rows.find(({ valid_from, valid_to }) => day >= valid_from && day < valid_to) ?? null;
}

/** Uses that have no list price, with the reason. */
export const unpricedUses: readonly Unpriced[] = unpricedFile.parse(unpriced);

/** The model ids that are priced, by provider. */
export const pricedModels: Readonly<Record<string, readonly string[]>> = modelIdFile.parse(modelIds);
