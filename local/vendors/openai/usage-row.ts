/** The eleven kinds of usage that OpenAI reports, each under an endpoint of its name. */
export type Kind =
  | 'completions'
  | 'decisions'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'audio_speeches'
  | 'audio_transcriptions'
  | 'vector_stores'
  | 'code_interpreter_sessions'
  | 'file_search_calls'
  | 'web_search_calls';

/** The truth about usage: one row per hour, kind and every dimension the vendor knows, with whole counts. */
export interface UsageRow {
  readonly kind: Kind;
  /** Hours since 1970-01-01T00:00Z. */
  readonly hour: number;
  readonly projectId: string;
  readonly userId: string | null;
  readonly keyId: string | null;
  readonly model: string | null;
  readonly batch: boolean;
  readonly tier: 'default' | 'flex' | 'priority';
  readonly apiSource: 'agents_api' | 'unlabeled' | null;
  readonly size: string | null;
  readonly source: string | null;
  readonly contextLevel: string | null;
  readonly vectorStoreId: string | null;
  readonly uncached: number;
  readonly cached: number;
  readonly write30m: number;
  readonly write12h: number;
  readonly output: number;
  readonly requests: number;
  /** Images, characters, seconds, bytes, sessions or calls, as the kind has it. */
  readonly quantity: number;
  /** A repeatable number of the row's own. */
  readonly grain: number;
}

/** What every row that leaves something out has in its place. */
export const blank = {
  userId: null,
  keyId: null,
  model: null,
  batch: false,
  tier: 'default',
  apiSource: null,
  size: null,
  source: null,
  contextLevel: null,
  vectorStoreId: null,
  uncached: 0,
  cached: 0,
  write30m: 0,
  write12h: 0,
  output: 0,
  requests: 0,
  quantity: 0,
} as const satisfies Partial<UsageRow>;

/** A row of which only a part is reported yet; null when nothing of it is. */
export function reported(row: UsageRow, part: number): UsageRow | null {
  if (part === 1) return row;
  if (part === 0) return null;
  const seen = (count: number): number => Math.floor(count * part);
  return {
    ...row,
    uncached: seen(row.uncached),
    cached: seen(row.cached),
    write30m: seen(row.write30m),
    write12h: seen(row.write12h),
    output: seen(row.output),
    requests: seen(row.requests),
    quantity: seen(row.quantity),
  };
}
