import { dayText, isWeekend } from '../calendar.ts';
import type { World } from '../company/world.ts';
import { fingerprint, Random } from '../random.ts';
import type { Account } from './account.ts';

/** A day's use of a model, as the vendor tells it. */
export interface Line {
  readonly key: string | null;
  readonly date: string;
  readonly model: string;
  readonly model_permaslug: string;
  readonly endpoint_id: string;
  readonly provider_name: string;
  readonly usage: number;
  readonly byok_usage_inference: number;
  readonly requests: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
}

/** Models tried, who serves them, and dollars a million tokens in and out. */
const models = [
  ['openai/gpt-6.1-sol', 'OpenAI', 2, 10],
  ['anthropic/claude-sonnet-5.5', 'Anthropic', 2, 10],
  ['deepseek/deepseek-v4', 'DeepInfra', 0.3, 1.1],
  ['google/gemini-3.5-flash', 'Google', 0.35, 2.8],
  ['meta-llama/llama-4-scout:free', 'Chutes', 0, 0],
] as const;

/** Share of what an own key costs upstream that is charged as a fee. */
const FEE = 0.05;
const DISABLED_DAYS = 12;

/** What every key, and the chat without one, did on a UTC day. */
export function activityOn({ setting: { seed }, first, last }: World, account: Account, day: number): readonly Line[] {
  if (day < first || day > last) return [];
  const users = [
    ...account.keys.map(({ hash, disabled, isOwn }) => ({
      key: hash,
      isOwn,
      ends: disabled ? last - DISABLED_DAYS : last,
    })),
    { key: null, isOwn: false, ends: last },
  ];
  return users.flatMap(({ key, isOwn, ends }) =>
    models.flatMap(([model, provider, input, output], index): readonly Line[] => {
      const random = new Random(fingerprint(seed, 'openrouter', key ?? 'chat', model, day));
      if (day > ends || random.next() > (isWeekend(day) ? 0.1 : 0.6)) return [];
      const requests = random.between(3, key === null ? 12 : 90);
      const prompt = Math.round(requests * 3800 * random.spread(0.4));
      const completion = Math.round(requests * 620 * random.spread(0.4));
      const worth = (prompt * input + completion * output) / 1e6;
      const own = isOwn && provider === 'Anthropic';
      return [
        {
          key,
          date: dayText(day),
          model,
          model_permaslug: model,
          endpoint_id: `00000000-0000-4000-8000-00000000000${index}`,
          provider_name: provider,
          usage: own ? worth * FEE : worth,
          byok_usage_inference: own ? worth : 0,
          requests,
          prompt_tokens: prompt,
          completion_tokens: completion,
          reasoning_tokens: Math.floor(completion / 3),
        },
      ];
    }),
  );
}
