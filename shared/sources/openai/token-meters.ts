import * as z from 'zod';
import type { MeterId } from '../../meters.ts';

const count = z.int().nonnegative().nullish();

/** Counters of a completion result: https://platform.openai.com/docs/api-reference/usage/completions */
export const tokenCounters = {
  input_tokens: z.int().nonnegative(),
  output_tokens: count,
  input_uncached_tokens: count,
  input_cached_tokens: count,
  input_cache_write_tokens: count,
  input_cache_write_30m_tokens: count,
  input_cache_write_12h_tokens: count,
  input_audio_tokens: count,
  input_image_tokens: count,
  input_cached_audio_tokens: count,
  input_cached_image_tokens: count,
  output_audio_tokens: count,
  output_image_tokens: count,
};

const counters = z.object(tokenCounters);
type Counters = z.infer<typeof counters>;

/**
 * Takes the counters apart into meters that do not overlap: their sum is `input_tokens` plus `output_tokens`.
 * `input_tokens` holds cached and written tokens too; reasoning is inside output; audio and images are inside each.
 * @throws Error when the parts exceed or miss the whole.
 */
export function tokenMeters(told: Counters): [MeterId, number][] {
  const cached = told.input_cached_tokens ?? 0;
  const written30m = told.input_cache_write_30m_tokens;
  const written12h = told.input_cache_write_12h_tokens ?? 0;
  const written = told.input_cache_write_tokens ?? (written30m ?? 0) + written12h;
  // Older records tell no uncached tokens: what is neither read from the cache nor written to it.
  const uncached = told.input_uncached_tokens ?? told.input_tokens - cached - written;
  if (uncached + cached + written !== told.input_tokens) {
    throw new Error(
      `openai_usage: of ${told.input_tokens} input tokens ${uncached} are uncached, ${cached} cached and ${written} written, which do not add up`,
    );
  }
  const output = told.output_tokens ?? 0;
  const audio = told.input_audio_tokens ?? 0;
  const image = told.input_image_tokens ?? 0;
  const cachedAudio = told.input_cached_audio_tokens ?? 0;
  const cachedImage = told.input_cached_image_tokens ?? 0;
  const outputAudio = told.output_audio_tokens ?? 0;
  const outputImage = told.output_image_tokens ?? 0;
  const meters: [MeterId, number][] = [
    ['input_tokens', uncached - audio - image],
    ['input_audio_tokens', audio],
    ['input_image_tokens', image],
    ['cache_read_tokens', cached - cachedAudio - cachedImage],
    ['cached_audio_tokens', cachedAudio],
    ['cached_image_tokens', cachedImage],
    // The 30-minute cache is the usual one: what is not told to be kept for 12 hours was written to it.
    ['cache_write_30m_tokens', written - written12h],
    ['cache_write_12h_tokens', written12h],
    ['output_tokens', output - outputAudio - outputImage],
    ['output_audio_tokens', outputAudio],
    ['output_image_tokens', outputImage],
  ];
  const short = meters.find(([, quantity]) => quantity < 0);
  if (short !== undefined) {
    throw new Error(`openai_usage: the kinds of tokens exceed their total by ${-short[1]} ${short[0]}`);
  }
  return meters;
}
