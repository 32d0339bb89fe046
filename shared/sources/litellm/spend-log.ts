import * as z from 'zod';
import type { MeterId } from '../../meters.ts';

const count = z.int().nonnegative();
const text = z.string().nullish();

const details = z
  .object({
    cached_tokens: count.nullish(),
    cache_creation_tokens: count.nullish(),
    cache_creation_token_details: z.object({ ephemeral_1h_input_tokens: count.nullish() }).nullish(),
  })
  .nullish();
const cached = z
  .object({
    cache_read_input_tokens: count.nullish(),
    cache_creation_input_tokens: count.nullish(),
    prompt_tokens_details: details,
  })
  .nullish();

/** Some releases send the metadata as text of JSON. */
const unpacked = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/**
 * A request as the proxy has logged it, words left out: what was asked and answered, tags, addresses of machines.
 * https://github.com/BerriAI/litellm/blob/main/litellm/proxy/schema.prisma, model LiteLLM_SpendLogs
 */
export const spendLog = z.object({
  request_id: z.string(),
  /** Hash of the key. */
  api_key: text,
  spend: z.string(),
  prompt_tokens: count,
  completion_tokens: count,
  startTime: z.string(),
  model: text,
  custom_llm_provider: text,
  user: text,
  end_user: text,
  team_id: text,
  cache_hit: z.union([z.string(), z.boolean()]).nullish(),
  metadata: z.preprocess(
    unpacked,
    z
      .object({
        user_api_key_alias: text,
        user_api_key_team_alias: text,
        usage_object: cached,
        additional_usage_values: cached,
      })
      .nullish(),
  ),
});

/** One logged request. */
export type SpendLog = z.infer<typeof spendLog>;

/** Whether the proxy answered out of its own cache, so that no vendor was asked. */
export const isOwnAnswer = ({ cache_hit }: SpendLog): boolean => String(cache_hit).toLowerCase() === 'true';

/** Vendors whose caches keep what was written for thirty minutes; all others' keep it for five, or an hour where told. */
const HALF_HOUR = new Set(['openai', 'azure', 'azure_ai']);

/**
 * The tokens of a request in meters that do not overlap. A prompt holds what was read from the vendor's cache and what was
 * written to it, except where the parts exceed it: then it never held them, as in older releases.
 */
export function tokensOf(log: SpendLog): [MeterId, number][] {
  const { prompt_tokens: prompt, completion_tokens: completion, metadata } = log;
  // A request that failed used nothing, whatever was noted beside it.
  if (prompt === 0 && completion === 0) return [];
  const [told, more] = [metadata?.usage_object, metadata?.additional_usage_values];
  const [parts, others] = [told?.prompt_tokens_details, more?.prompt_tokens_details];
  const read =
    told?.cache_read_input_tokens ??
    parts?.cached_tokens ??
    more?.cache_read_input_tokens ??
    others?.cached_tokens ??
    0;
  const written =
    told?.cache_creation_input_tokens ??
    parts?.cache_creation_tokens ??
    more?.cache_creation_input_tokens ??
    others?.cache_creation_tokens ??
    0;
  const kept = (parts ?? others)?.cache_creation_token_details?.ephemeral_1h_input_tokens ?? 0;
  const hour = Math.min(kept, written);
  const usual = HALF_HOUR.has(log.custom_llm_provider ?? '') ? 'cache_write_30m_tokens' : 'cache_write_5m_tokens';
  const meters: [MeterId, number][] = [
    ['input_tokens', prompt >= read + written ? prompt - read - written : prompt],
    ['cache_read_tokens', read],
    [usual, written - hour],
    ['cache_write_1h_tokens', hour],
    ['output_tokens', completion],
  ];
  return meters.filter(([, tokens]) => tokens > 0);
}
