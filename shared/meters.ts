/** What can be counted, with FOCUS's words for it. */
export interface Meter {
  readonly id: string;
  /** FOCUS ConsumedUnit. */
  readonly unit: string;
  /** FOCUS SkuMeter. */
  readonly title: string;
  /** How many units one price block holds, as vendors list them (FOCUS PricingUnit). */
  readonly block: 1 | 1000 | 1_000_000;
  /** Whether list prices exist for it; `requests` only counts. */
  readonly priced: boolean;
  /** Whether a contract may say what a unit costs, before any list does. */
  readonly contracted: boolean;
  readonly direction: 'Input' | 'Output' | null;
  readonly cache: 'Uncached' | 'Read' | 'Write' | null;
}

const tokens = (id: string, title: string, direction: 'Input' | 'Output', cache: Meter['cache']): Meter => ({
  id,
  unit: 'Tokens',
  title,
  block: 1_000_000,
  priced: true,
  contracted: false,
  direction,
  cache,
});

const count = (id: string, unit: string, title: string, block: 1 | 1000 = 1, priced = true): Meter => ({
  id,
  unit,
  title,
  block,
  priced,
  contracted: false,
  direction: null,
  cache: null,
});

/** What is bought by the unit at a price of one's own. */
const bought = (id: string, unit: string, title: string): Meter => ({ ...count(id, unit, title), contracted: true });

/** Every meter that any source may write. */
export const METERS = [
  tokens('input_tokens', 'Input Tokens', 'Input', 'Uncached'),
  tokens('cache_read_tokens', 'Cache Read Input Tokens', 'Input', 'Read'),
  tokens('cache_write_5m_tokens', 'Cache Write Input Tokens, 5 minutes', 'Input', 'Write'),
  tokens('cache_write_30m_tokens', 'Cache Write Input Tokens, 30 minutes', 'Input', 'Write'),
  tokens('cache_write_1h_tokens', 'Cache Write Input Tokens, 1 hour', 'Input', 'Write'),
  tokens('cache_write_12h_tokens', 'Cache Write Input Tokens, 12 hours', 'Input', 'Write'),
  tokens('output_tokens', 'Output Tokens', 'Output', null),
  tokens('input_audio_tokens', 'Input Audio Tokens', 'Input', 'Uncached'),
  tokens('output_audio_tokens', 'Output Audio Tokens', 'Output', null),
  tokens('cached_audio_tokens', 'Cache Read Audio Tokens', 'Input', 'Read'),
  tokens('input_image_tokens', 'Input Image Tokens', 'Input', 'Uncached'),
  tokens('output_image_tokens', 'Output Image Tokens', 'Output', null),
  tokens('cached_image_tokens', 'Cache Read Image Tokens', 'Input', 'Read'),
  count('web_search_requests', 'Requests', 'Web Searches', 1000),
  count('file_search_requests', 'Requests', 'File Searches', 1000),
  count('code_interpreter_sessions', 'Sessions', 'Code Interpreter Sessions'),
  count('code_execution_hours', 'Hours', 'Code Execution'),
  count('session_hours', 'Hours', 'Agent Sessions'),
  count('images', 'Images', 'Images'),
  count('characters', 'Characters', 'Characters'),
  count('audio_seconds', 'Seconds', 'Audio'),
  count('storage_gb_days', 'GB-Days', 'Vector Storage'),
  bought('credits', 'Credits', 'Credits'),
  count('premium_requests', 'Requests', 'Premium Requests'),
  bought('agent_compute_units', 'ACUs', 'Agent Compute Units'),
  count('seat_months', 'Seat-Months', 'Seats', 1, false),
  count('requests', 'Requests', 'Requests', 1, false),
] as const satisfies readonly Meter[];

/** The id of a meter. */
export type MeterId = (typeof METERS)[number]['id'];
