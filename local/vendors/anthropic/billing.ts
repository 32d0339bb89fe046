import { priceOf, type TokenPrice } from '../company/prices.ts';
import type { UsageRow } from './usage-row.ts';

/** One priced part of a row; list price in units of 1e-16 dollars (1e-14 cents). */
export interface Charge {
  readonly costType: 'tokens' | 'web_search' | 'code_execution' | 'session_usage';
  readonly tokenType: string | null;
  readonly list: bigint;
}

/** How many decimal places of a cent a list price in `Charge` units has. */
export const LIST_SCALE = 14;

const CENT = 100_000_000_000_000n;
const tokenTypes: readonly (readonly [
  name: string,
  count: keyof UsageRow & ('uncached' | 'write5m' | 'write1h' | 'cacheRead' | 'output'),
  price: keyof TokenPrice & ('input' | 'shortWrite' | 'longWrite' | 'cacheRead' | 'output'),
])[] = [
  ['uncached_input_tokens', 'uncached', 'input'],
  ['output_tokens', 'output', 'output'],
  ['cache_read_input_tokens', 'cacheRead', 'cacheRead'],
  ['cache_creation.ephemeral_5m_input_tokens', 'write5m', 'shortWrite'],
  ['cache_creation.ephemeral_1h_input_tokens', 'write1h', 'longWrite'],
];

/** What a row costs at the list prices of its day, exactly. */
export function chargesOf(row: UsageRow): readonly Charge[] {
  const charges: Charge[] = [];
  if (row.model !== null) {
    const price = priceOf(row.model, Math.floor(row.hour / 24));
    // Batch halves and the US geography adds a tenth on every token type; fast mode doubles them.
    const percent =
      (row.tier === 'batch' ? 50n : 100n) * (row.geo === 'us' ? 110n : 100n) * (row.speed === 'fast' ? 2n : 1n);
    for (const [tokenType, count, kind] of tokenTypes) {
      if (row[count] === 0) continue;
      charges.push({ costType: 'tokens', tokenType, list: BigInt(row[count]) * price[kind] * percent });
    }
  }
  // 10 dollars a thousand searches; 0.05 dollars an hour of code; 0.08 dollars an hour of a managed agent's session.
  if (row.webSearches > 0)
    charges.push({ costType: 'web_search', tokenType: null, list: BigInt(row.webSearches) * CENT });
  if (row.codeHundredths > 0)
    charges.push({
      costType: 'code_execution',
      tokenType: null,
      list: (BigInt(row.codeHundredths) * 5n * CENT) / 100n,
    });
  if (row.sessionHundredths > 0)
    charges.push({
      costType: 'session_usage',
      tokenType: null,
      list: (BigInt(row.sessionHundredths) * 8n * CENT) / 100n,
    });
  return charges;
}
