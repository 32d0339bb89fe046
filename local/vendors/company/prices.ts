import { dayNumber } from '../calendar.ts';

/** What a million of each kind of token costs, in millionths of a dollar, from a day on. */
export interface TokenPrice {
  readonly from: number;
  readonly input: bigint;
  readonly cacheRead: bigint;
  /** The shorter-lived cache write: five minutes at Anthropic, thirty at OpenAI. */
  readonly shortWrite: bigint;
  /** The longer-lived cache write: one hour at Anthropic, twelve at OpenAI. */
  readonly longWrite: bigint;
  readonly output: bigint;
}

type Listed = readonly [
  from: string,
  input: number,
  shortWrite: number,
  longWrite: number,
  cacheRead: number,
  output: number,
];

/**
 * What the simulated vendors charge, in dollars a million tokens. Written by hand from the vendors' price pages
 * (https://platform.claude.com/docs/en/about-claude/pricing, https://openai.com/api/pricing) and shared with nothing,
 * so that the product's own prices are tested against a second opinion.
 */
const listed: Readonly<Record<string, readonly Listed[]>> = {
  'claude-fable-5-1': [['', 10, 12.5, 20, 0.25, 50]],
  'claude-fable-5': [['', 10, 12.5, 20, 1, 50]],
  'claude-opus-5-5': [['', 4, 5, 8, 0.2, 20]],
  'claude-opus-5': [['', 5, 6.25, 10, 0.5, 25]],
  'claude-opus-4-7': [['', 5, 6.25, 10, 0.5, 25]],
  'claude-sonnet-5-5': [
    ['', 2, 2.5, 4, 0.2, 10],
    ['2026-10-07', 2, 2.5, 4, 0.1, 10],
  ],
  'claude-sonnet-5': [['', 2, 2.5, 4, 0.2, 10]],
  'claude-sonnet-4-6': [['', 3, 3.75, 6, 0.3, 15]],
  'claude-haiku-5-5': [['', 0.1, 0.125, 0.2, 0.01, 0.5]],
  'claude-haiku-4-5': [['', 1, 1.25, 2, 0.1, 5]],
  // These have no public list price, and are billed all the same.
  'claude-ember-preview': [['', 6, 7.5, 12, 0.6, 30]],
  'claude-sonnet-next': [['', 2, 2.5, 4, 0.1, 10]],
  'gpt-sol-next': [['', 2, 2.5, 5, 0.1, 10]],
  'gpt-6-astra': [['', 10, 12.5, 25, 1, 50]],
  'gpt-6.1-sol': [['', 2, 2.5, 5, 0.1, 10]],
  'gpt-6.1-terra': [['', 1, 1.25, 2.5, 0.05, 5]],
  'gpt-6-sol': [['', 2, 2.5, 5, 0.2, 10]],
  'gpt-6-luna': [['', 0.1, 0.125, 0.25, 0.01, 0.5]],
  'gpt-5.6-sol': [
    ['', 5, 6.25, 12.5, 0.5, 30],
    ['2026-08-21', 4, 5, 10, 0.4, 20],
  ],
  'gpt-5.6-terra': [
    ['', 2.5, 3.125, 6.25, 0.25, 15],
    ['2026-07-30', 2, 2.5, 5, 0.2, 12],
  ],
  'gpt-5.6-luna': [
    ['', 1, 1.25, 2.5, 0.1, 6],
    ['2026-07-30', 0.2, 0.25, 0.5, 0.02, 1.2],
  ],
  'gpt-5.5': [['', 5, 5, 5, 0.5, 30]],
  'gpt-5.4': [['', 2.5, 2.5, 2.5, 0.25, 15]],
  'gpt-5.4-mini': [['', 0.75, 0.75, 0.75, 0.075, 4.5]],
  'text-embedding-3-large': [['', 0.13, 0.13, 0.13, 0.13, 0]],
  'omni-moderation-latest': [['', 0, 0, 0, 0, 0]],
};

const micro = (dollars: number): bigint => BigInt(Math.round(dollars * 1_000_000));

const prices = new Map(
  Object.entries(listed).map(([model, rows]) => [
    model,
    rows.map(
      ([from, input, shortWrite, longWrite, cacheRead, output]): TokenPrice => ({
        from: from === '' ? Number.NEGATIVE_INFINITY : dayNumber(from),
        input: micro(input),
        cacheRead: micro(cacheRead),
        shortWrite: micro(shortWrite),
        longWrite: micro(longWrite),
        output: micro(output),
      }),
    ),
  ]),
);

/** The price of a model's tokens on a day; throws for a model that the simulated vendors do not sell. */
export function priceOf(model: string, day: number): TokenPrice {
  const price = prices.get(model)?.findLast(({ from }) => from <= day);
  if (price === undefined) throw new Error(`The simulated vendors have no price for "${model}".`);
  return price;
}

/** Models whose caches the vendor fills without charge: they have no cache-write tokens. */
export const modelsWithoutCacheWrites: ReadonlySet<string> = new Set(['gpt-5.5', 'gpt-5.4', 'gpt-5.4-mini']);
