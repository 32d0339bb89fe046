/** Who a row of usage is put down to, as the vendor's `group.actor` tells kinds apart. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly person: number }
  | { readonly kind: 'service_account'; readonly id: string }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'federated'; readonly id: string; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'hidden'; readonly id: string };

/** The truth about usage: one row per hour and every dimension the vendor knows, with whole counts. */
export interface UsageRow {
  /** Hours since 1970-01-01T00:00Z. */
  readonly hour: number;
  readonly actor: Actor;
  readonly keyId: string | null;
  readonly workspaceId: string;
  readonly product: string | null;
  readonly sessionId: string | null;
  readonly model: string | null;
  readonly tier: 'standard' | 'batch' | null;
  readonly context: '0-200k' | '200k-1M' | null;
  readonly geo: 'global' | 'us' | null;
  readonly speed: 'standard' | 'fast' | null;
  readonly uncached: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly cacheRead: number;
  readonly output: number;
  readonly requests: number;
  readonly webSearches: number;
  /** Hundredths of an hour of code execution and of managed agents' sessions. */
  readonly codeHundredths: number;
  readonly sessionHundredths: number;
  /** A repeatable number of the row's own. */
  readonly grain: number;
}

/** A row of which only a part is reported yet; null when nothing of it is. */
export function reported(row: UsageRow, part: number): UsageRow | null {
  if (part === 1) return row;
  if (part === 0) return null;
  const seen = (count: number): number => Math.floor(count * part);
  return {
    ...row,
    uncached: seen(row.uncached),
    write5m: seen(row.write5m),
    write1h: seen(row.write1h),
    cacheRead: seen(row.cacheRead),
    output: seen(row.output),
    requests: seen(row.requests),
    webSearches: seen(row.webSearches),
    codeHundredths: seen(row.codeHundredths),
    sessionHundredths: seen(row.sessionHundredths),
  };
}
