import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { scaled, unscaled } from '../../money.ts';
import { bucketPage } from './report.ts';
import { tokenCounters, tokenMeters } from './token-meters.ts';

const dimension = z.string().nullish();
const count = z.int().nonnegative();
const who = { project_id: dimension, user_id: dimension, api_key_id: dimension };
const requests = { num_model_requests: count.nullish() };
const tiered = { ...who, ...requests, model: dimension, batch: z.boolean().nullish(), service_tier: dimension };
const object = <const Name extends string>(name: Name) => z.literal(`organization.usage.${name}.result`);

const result = z.discriminatedUnion('object', [
  z.object({ object: object('completions'), ...tiered, ...tokenCounters }),
  z.object({ object: object('decisions'), ...tiered, ...tokenCounters }),
  z.object({ object: object('embeddings'), ...who, ...requests, model: dimension, input_tokens: count }),
  z.object({ object: object('moderations'), ...who, ...requests, model: dimension, input_tokens: count }),
  z.object({ object: object('images'), ...who, ...requests, model: dimension, images: count }),
  z.object({ object: object('audio_speeches'), ...who, ...requests, model: dimension, characters: count }),
  z.object({ object: object('audio_transcriptions'), ...who, ...requests, model: dimension, seconds: z.string() }),
  z.object({ object: object('vector_stores'), project_id: dimension, usage_bytes: count }),
  z.object({ object: object('code_interpreter_sessions'), project_id: dimension, num_sessions: count }),
  z.object({ object: object('file_searches'), ...who, num_requests: count }),
  z.object({ object: object('web_searches'), ...who, model: dimension, num_requests: count }),
]);

/** A page of any usage endpoint. */
export const usagePage = bucketPage(result);
/** One result of any usage endpoint. */
export type UsageResult = z.infer<typeof result>;

/** The vendor's gigabyte is 2^30 bytes: its costs count storage in `gibibyte_hours`. */
const GIGABYTE = 1n << 30n;

/** Bytes held for a day, in gigabyte-days of six places, rounded half up. */
const gigabyteDays = (bytes: number): string => unscaled((BigInt(bytes) * 2_000_000n + GIGABYTE) / (2n * GIGABYTE), 6);

/** What a result counts, in meters. */
function counted(told: UsageResult): [MeterId, number | string][] {
  switch (told.object) {
    case 'organization.usage.completions.result':
    case 'organization.usage.decisions.result':
      return tokenMeters(told);
    case 'organization.usage.embeddings.result':
    case 'organization.usage.moderations.result':
      return [['input_tokens', told.input_tokens]];
    case 'organization.usage.images.result':
      return [['images', told.images]];
    case 'organization.usage.audio_speeches.result':
      return [['characters', told.characters]];
    case 'organization.usage.audio_transcriptions.result':
      return [['audio_seconds', told.seconds]];
    case 'organization.usage.vector_stores.result':
      return [['storage_gb_days', gigabyteDays(told.usage_bytes)]];
    case 'organization.usage.code_interpreter_sessions.result':
      return [['code_interpreter_sessions', told.num_sessions]];
    case 'organization.usage.file_searches.result':
      return [['file_search_requests', told.num_requests]];
    case 'organization.usage.web_searches.result':
      // The model requests that searched are counted by the completions already.
      return [['web_search_requests', told.num_requests]];
    default:
      return told satisfies never;
  }
}

/** What a result counts, requests included; nothing counted is no row. */
export function metersOf(told: UsageResult): [MeterId, string][] {
  const asked = 'num_model_requests' in told ? (told.num_model_requests ?? 0) : 0;
  return [...counted(told), ['requests', asked] as [MeterId, number]]
    .map(([meter, quantity]): [MeterId, string] => [meter, String(quantity)])
    .filter(([, quantity]) => scaled(quantity, 6) !== 0n);
}
