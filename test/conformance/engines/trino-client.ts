import * as z from 'zod';

/** A column of an answer, with Trino's name of its type, e.g. `decimal(20,10)` or `timestamp(3)`. */
export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

/** What a query cost. */
export interface TrinoStats {
  readonly stages: number;
  /** Splits of all stages: those of scans (one per small file) and local exchanges. */
  readonly splits: number;
  /** Splits of the stages that read from disk: files, when each is smaller than a split (64 MB). */
  readonly files: number;
  readonly physicalInputBytes: number;
  readonly processedRows: number;
  readonly peakMemoryBytes: number;
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

/** An answer: every cell as text exactly as Trino wrote it (nested values as JSON), null as null. */
export interface TrinoAnswer {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly stats: TrinoStats;
}

/** How one query runs. */
export interface TrinoOptions {
  readonly schema?: string;
  /** Session properties, e.g. `awsdatacatalog.compression_codec`. */
  readonly session?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Trino's own refusal of a query. */
export class TrinoError extends Error {
  readonly errorName: string;
  readonly errorType: string;
  constructor(error: { errorName: string; errorType: string; message: string }) {
    super(`${error.errorName}: ${error.message}`);
    this.name = 'TrinoError';
    this.errorName = error.errorName;
    this.errorType = error.errorType;
  }
}

/** Runs one statement to its end. */
export type TrinoClient = (sql: string, options?: TrinoOptions) => Promise<TrinoAnswer>;

const CATALOG = 'awsdatacatalog';

interface Stage {
  totalSplits: number;
  physicalInputBytes: number;
  subStages: Stage[];
}
const stage: z.ZodType<Stage> = z.object({
  totalSplits: z.coerce.number(),
  physicalInputBytes: z.coerce.number(),
  get subStages() {
    return z.array(stage);
  },
});
const page = z.object({
  nextUri: z.url().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  error: z.object({ errorName: z.string(), errorType: z.string(), message: z.string() }).optional(),
  stats: z.object({
    totalSplits: z.coerce.number(),
    physicalInputBytes: z.coerce.number(),
    processedRows: z.coerce.number(),
    peakMemoryBytes: z.coerce.number(),
    cpuTimeMillis: z.coerce.number(),
    elapsedTimeMillis: z.coerce.number(),
    rootStage: stage.optional(),
  }),
});
type Page = z.infer<typeof page>;

/** Speaks Trino's client protocol: https://trino.io/docs/435/develop/client-protocol.html */
export function trinoClient(url: string): TrinoClient {
  return async (sql, { schema = 'default', session = {}, signal } = {}) => {
    const headers: Record<string, string> = {
      'x-trino-user': 'ci',
      'x-trino-catalog': CATALOG,
      'x-trino-schema': schema,
      'x-trino-time-zone': 'UTC',
      // Else timestamps lose their precision in type and value.
      'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
      'x-trino-session': Object.entries(session)
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join(),
    };
    let at = await read(await fetch(`${url}/v1/statement`, { method: 'POST', headers, body: sql }));
    let columns: readonly TrinoColumn[] = [];
    const rows: (string | null)[][] = [];
    for (;;) {
      columns = at.columns ?? columns;
      for (const row of at.data ?? []) rows.push(row.map(cell));
      if (at.error !== undefined) throw new TrinoError(at.error);
      if (at.nextUri === undefined) return { columns, rows, stats: statsOf(at.stats) };
      // A cancelled query ends with its own error, USER_CANCELED, on the next page.
      if (signal?.aborted) await fetch(at.nextUri, { method: 'DELETE' });
      at = await read(await fetch(at.nextUri));
    }
  };
}

/** Numbers stay the text that came: a bigint above 2^53 would lose its last digits. */
async function read(response: Response): Promise<Page> {
  const text = await response.text();
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${text.slice(0, 500)}`);
  const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value;
  return page.parse(JSON.parse(text, exact));
}

function cell(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function statsOf(stats: Page['stats']): TrinoStats {
  const stages: Stage[] = stats.rootStage === undefined ? [] : [stats.rootStage];
  for (const { subStages } of stages) stages.push(...subStages);
  const reading = stages.filter(({ physicalInputBytes }) => physicalInputBytes > 0);
  return {
    stages: stages.length,
    splits: stats.totalSplits,
    files: reading.reduce((sum, { totalSplits }) => sum + totalSplits, 0),
    physicalInputBytes: stats.physicalInputBytes,
    processedRows: stats.processedRows,
    peakMemoryBytes: stats.peakMemoryBytes,
    cpuMs: stats.cpuTimeMillis,
    elapsedMs: stats.elapsedTimeMillis,
  };
}
