import { modelFor } from '../company/models.ts';
import { priceOf } from '../company/prices.ts';
import { runsOn } from '../company/services.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier, Random } from '../random.ts';
import type { Gateway } from './gateway.ts';

/** A request as the proxy logs it; `at` is when it began, in epoch milliseconds. */
export interface Log {
  readonly at: number;
  readonly record: Readonly<Record<string, unknown>>;
}

/** One in so many requests of its programs goes through the gateway. */
const ONE_IN = 60;
const HOUR_MS = 3_600_000;

/** What went through the gateway on a UTC day, newest first: a repetition of what the vendors upstream tell and bill. */
export function logsOn(world: World, gateway: Gateway, day: number): readonly Log[] {
  const { seed } = world.setting;
  if (day < world.first || day > world.last) return [];
  const logs = gateway.services.flatMap((service) =>
    runsOn(seed, world.middle, service, service.scale, day).flatMap((run) => {
      const vendor = service.connection.startsWith('openai') ? 'openai' : 'anthropic';
      const model = modelFor(vendor, run.kind, fingerprint(service.id), day);
      const price = priceOf(model, day);
      const random = new Random(fingerprint(run.grain, 'gateway'));
      return Array.from({ length: Math.round(run.requests / ONE_IN) }, (_, index): Log => {
        const each = (tokens: number): number => Math.round((tokens / run.requests) * random.spread(0.2));
        const [uncached, written, read, output] = [
          each(run.tokens.uncached),
          each(run.tokens.shortWrite),
          each(run.tokens.cacheRead),
          each(run.tokens.output),
        ];
        const isCached = random.next() < 0.04;
        const prompt = uncached + written + read;
        // This release charges what was written to the cache as prompt too: its figure is an estimate, and too high.
        const cost =
          (Number(price.input) * (uncached + written) +
            Number(price.cacheRead) * read +
            Number(price.shortWrite) * written +
            Number(price.output) * output) /
          1e12;
        const at = (day * 24 + run.hour) * HOUR_MS + random.between(0, HOUR_MS - 1);
        const person = random.next() < 0.08 ? (gateway.people[index % Math.max(1, gateway.people.length)] ?? '') : '';
        const time = new Date(at).toISOString();
        return {
          at,
          record: {
            request_id: `chatcmpl-${identifier(20, run.grain, service.id, index)}`,
            call_type: 'acompletion',
            api_key: gateway.keyOf(service),
            spend: isCached ? 0 : cost,
            total_tokens: prompt + output,
            prompt_tokens: prompt,
            completion_tokens: output,
            startTime: time,
            endTime: time,
            model,
            custom_llm_provider: vendor,
            user: person,
            end_user: `tenant-${random.between(1000, 9999)}`,
            metadata: {
              user_api_key_alias: service.id,
              user_api_key_team_alias: service.team,
              additional_usage_values: { cache_read_input_tokens: read, cache_creation_input_tokens: written },
            },
            cache_hit: isCached ? 'True' : 'False',
            request_tags: ['env:prod'],
            team_id: gateway.teamId,
            messages: {},
            response: {},
            status: 'success',
          },
        };
      });
    }),
  );
  return logs.sort((a, b) => b.at - a.at);
}
