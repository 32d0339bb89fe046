import { priceOf } from '../company/prices.ts';
import type { UsageRow } from './usage-row.ts';

/** One line that a row is billed as; the amount in units of 1e-14 dollars. */
export interface Line {
  readonly item: string;
  readonly amount: bigint;
  readonly quantity: number;
  readonly unit: string | null;
}

/** How many decimal places of a dollar an amount in `Line` units has. */
export const AMOUNT_SCALE = 14;

const DOLLAR = 100_000_000_000_000n;
const GIBIBYTE = 2 ** 30;

/** Dollars a unit of what is not tokens, in `Line` units, with the name of its line and unit. */
const others = {
  images: { price: DOLLAR / 25n, item: 'images', unit: 'images' },
  audio_speeches: { price: (DOLLAR * 15n) / 1_000_000n, item: 'characters', unit: 'characters' },
  audio_transcriptions: { price: DOLLAR / 10_000n, item: 'duration_seconds', unit: 'duration_seconds' },
  code_interpreter_sessions: { price: (DOLLAR * 3n) / 100n, item: 'code interpreter sessions', unit: null },
  file_search_calls: { price: DOLLAR / 400n, item: 'file search tool calls', unit: null },
  web_search_calls: { price: DOLLAR / 100n, item: 'web search tool calls', unit: null },
} as const;

/** A tenth of a dollar a gibibyte and day. */
const STORAGE_PRICE = DOLLAR / 10n;

/** The lines of a row at the prices of its day, exactly. */
export function linesOf(row: UsageRow): readonly Line[] {
  if (row.kind === 'vector_stores') {
    const amount = (BigInt(row.quantity) * STORAGE_PRICE) / BigInt(GIBIBYTE);
    const hours = Math.round((row.quantity / GIBIBYTE) * 24 * 1e6) / 1e6;
    return [{ item: 'vector store storage', amount, quantity: hours, unit: 'gibibyte_hours' }];
  }
  if (row.kind === 'completions' || row.kind === 'embeddings') return tokenLines(row);
  // Decisions and moderation cost nothing.
  if (row.kind === 'decisions' || row.kind === 'moderations') return [];
  const { price, item, unit } = others[row.kind];
  const named = row.kind.startsWith('audio') || row.kind === 'images' ? `${row.model}, ${item}` : item;
  return [{ item: named, amount: BigInt(row.quantity) * price, quantity: row.quantity, unit }];
}

function tokenLines(row: UsageRow): readonly Line[] {
  if (row.model === null) return [];
  // A dated snapshot is billed under the name of its model.
  const model = row.model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const price = priceOf(model, Math.floor(row.hour / 24));
  // Batch and flex halve every token, priority doubles it.
  const percent = row.batch || row.tier === 'flex' ? 50n : row.tier === 'priority' ? 200n : 100n;
  const parts: readonly (readonly [name: string, tokens: number, each: bigint])[] = [
    ['input_tokens', row.uncached, price.input],
    ['cached_input_tokens', row.cached, price.cacheRead],
    ['cache_write_tokens', row.write30m, price.shortWrite],
    ['cache_write_12h_tokens', row.write12h, price.longWrite],
    ['output_tokens', row.output, price.output],
  ];
  return parts
    .filter(([, tokens]) => tokens > 0)
    .map(([name, tokens, each]) => ({
      item: `${model}, ${name}`,
      amount: BigInt(tokens) * each * percent,
      quantity: tokens,
      unit: 'tokens',
    }));
}
