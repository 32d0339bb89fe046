import type { MeterId } from '../../shared/meters.ts';
import type { Vendor } from './pin.ts';

/** What a price key of the package prices: our meter, and how many units its price is for. */
export interface PriceKey {
  readonly meter: MeterId;
  readonly units: number;
  /** The vendor charges it alike for all models. */
  readonly everyModel?: true;
}

const MILLION = 1_000_000;

const KEYS: Readonly<Record<string, PriceKey>> = {
  input_mtok: { meter: 'input_tokens', units: MILLION },
  output_mtok: { meter: 'output_tokens', units: MILLION },
  cache_read_mtok: { meter: 'cache_read_tokens', units: MILLION },
  cache_write_5m_mtok: { meter: 'cache_write_5m_tokens', units: MILLION },
  cache_write_1h_mtok: { meter: 'cache_write_1h_tokens', units: MILLION },
  input_audio_mtok: { meter: 'input_audio_tokens', units: MILLION },
  output_audio_mtok: { meter: 'output_audio_tokens', units: MILLION },
  cache_audio_read_mtok: { meter: 'cached_audio_tokens', units: MILLION },
  input_image_mtok: { meter: 'input_image_tokens', units: MILLION },
  output_image_mtok: { meter: 'output_image_tokens', units: MILLION },
  cache_image_read_mtok: { meter: 'cached_image_tokens', units: MILLION },
  input_mchars: { meter: 'characters', units: MILLION },
  audio_hours: { meter: 'audio_seconds', units: 3600 },
  web_searches_kcount: { meter: 'web_search_requests', units: 1000, everyModel: true },
  storage_searches_kcount: { meter: 'file_search_requests', units: 1000, everyModel: true },
};

/**
 * Our meter behind a key of the package; null where another key says the same (an hour of audio is one of input).
 * @throws Error for a key nobody has mapped yet.
 */
export function priceKey(key: string, vendor: Vendor): PriceKey | null {
  if (key === 'cache_write_mtok') return { meter: vendor.cacheWrite, units: MILLION };
  if (key === 'input_audio_hours') return null;
  const known = KEYS[key];
  if (known === undefined) throw new Error(`price key '${key}' of the release is unknown: give it a meter in keys.ts`);
  return known;
}
