import type { MeterId } from '../../meters.ts';
import { rounded, scaled } from '../../money.ts';

/** What a line of the ledger is for, as far as its words can be read. */
export interface LineItem {
  readonly model: string | null;
  readonly service_tier: string | null;
  readonly meter: MeterId | null;
}

/** Words of line items, folded; only `input_tokens` is documented, the others are read leniently. */
const METERS: readonly (readonly [MeterId, RegExp])[] = [
  ['cached_audio_tokens', /^(cached_(input_)?audio|audio_cached(_input)?|input_cached_audio)(_tokens)?$/],
  ['cached_image_tokens', /^(cached_(input_)?image|image_cached(_input)?|input_cached_image)(_tokens)?$/],
  ['input_audio_tokens', /^(input_audio|audio_input)(_tokens)?$/],
  ['output_audio_tokens', /^(output_audio|audio_output)(_tokens)?$/],
  ['input_image_tokens', /^(input_image|image_input)(_tokens)?$/],
  ['output_image_tokens', /^(output_image|image_output)(_tokens)?$/],
  ['cache_write_12h_tokens', /^(input_)?cache_write_12h(_tokens)?$/],
  ['cache_write_30m_tokens', /^(input_)?cache_write(_30m)?(_tokens)?$/],
  ['cache_read_tokens', /^(cached_input|input_cached|cached|cache_read)(_text)?(_tokens)?$/],
  ['input_tokens', /^input(_text|_uncached)?(_tokens)?$/],
  ['output_tokens', /^output(_text)?(_tokens)?$/],
  ['images', /^images?$/],
  ['characters', /^characters?$/],
  ['audio_seconds', /^(duration_seconds|seconds|duration)$/],
  ['web_search_requests', /^web_search/],
  ['file_search_requests', /^file_search(?!.*storage)/],
  ['code_interpreter_sessions', /^code_interpreter/],
  ['storage_gb_days', /^(vector_store|file_search).*storage|^storage$/],
];

const TIERS = /^(batch|flex|priority)_/;
const ofNothing: LineItem = { model: null, service_tier: null, meter: null };

/** Reads `<model>, <meter>`, or a line without a model; words that we do not know are null, never a guess. */
export function lineItem(words: string | null): LineItem {
  if (words === null) return ofNothing;
  const comma = words.lastIndexOf(', ');
  const model = comma < 0 ? null : words.slice(0, comma);
  const folded = words
    .slice(comma < 0 ? 0 : comma + 2)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  const service_tier = TIERS.exec(folded)?.[1] ?? null;
  const name = folded.replace(TIERS, '');
  return { model, service_tier, meter: METERS.find(([, pattern]) => pattern.test(name))?.[0] ?? null };
}

/** How many units of the meter one of the vendor's unit is: multiplied, then divided. */
const UNITS: Readonly<Record<string, { readonly ofMeter: RegExp; readonly times: bigint; readonly over: bigint }>> = {
  tokens: { ofMeter: /_tokens$/, times: 1n, over: 1n },
  '1000_tokens': { ofMeter: /_tokens$/, times: 1000n, over: 1n },
  duration_seconds: { ofMeter: /^audio_seconds$/, times: 1n, over: 1n },
  duration_minutes: { ofMeter: /^audio_seconds$/, times: 60n, over: 1n },
  duration_hours: { ofMeter: /^audio_seconds$/, times: 3600n, over: 1n },
  gibibyte_hours: { ofMeter: /^storage_gb_days$/, times: 1n, over: 24n },
  images: { ofMeter: /^images$/, times: 1n, over: 1n },
  characters: { ofMeter: /^characters$/, times: 1n, over: 1n },
};

/** Places kept of a quantity, and those of the vendor's double that are read. */
const PLACES = 6;
const READ = 20;

/** A line's quantity in the unit of its meter, rounded half up; null when it is not told in a unit that fits. */
export function quantityOf(meter: MeterId | null, quantity: string | null, unit: string | null): string | null {
  const known = unit === null ? undefined : UNITS[unit];
  if (meter === null || quantity === null || known === undefined || !known.ofMeter.test(meter)) return null;
  return rounded(scaled(quantity, READ) * known.times, READ, PLACES, known.over);
}
