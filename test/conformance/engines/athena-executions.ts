import { randomUUID } from 'node:crypto';
import { athenaRows, columnInfo } from './athena-result.ts';
import { Refused, readStatement, type Statement } from './athena-statement.ts';
import type { Trino } from './trino.ts';
import { type TrinoAnswer, TrinoError } from './trino-client.ts';
import { type UnloadedFile, unload } from './unload.ts';

/** What happens around a query. */
export interface AthenaHooks {
  /** Before each query: the place to bring Trino's metastore and files up to date. */
  readonly before?: () => Promise<void>;
  /** After an UNLOAD wrote its files and before it counts as succeeded. */
  readonly onUnload?: (files: readonly UnloadedFile[]) => Promise<void>;
}

type State = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
interface Execution {
  readonly id: string;
  readonly query: string;
  readonly workgroup: string;
  readonly schema: string;
  readonly statement: Statement;
  readonly cancel: AbortController;
  readonly submitted: number;
  state: State;
  completed?: number;
  error?: unknown;
  answer?: Partial<TrinoAnswer>;
}

/** Queries in flight and done, as Athena keeps them. */
export interface AthenaExecutions {
  readonly queries: readonly string[];
  start(query: string, workgroup: string, schema: string, token?: string): string;
  look(id: string): unknown;
  stop(id: string): void;
  /** A page of rows from row number `from`. */
  results(id: string, most: number, from: number): unknown;
}

/** Runs queries on Trino in the background. */
export function athenaExecutions(trino: Trino, hooks: AthenaHooks): AthenaExecutions {
  const known = new Map<string, Execution>();
  const tokens = new Map<string, Execution>();
  const queries: string[] = [];
  // One at a time: two queries at once would write the same files.
  let last = Promise.resolve();
  const before = (): Promise<void> => {
    last = last.catch(() => {}).then(() => hooks.before?.());
    return last;
  };
  const find = (id: string): Execution => {
    const execution = known.get(id);
    if (execution === undefined) throw new Refused(`QueryExecution ${id} was not found`);
    return execution;
  };
  return {
    queries,
    start: (query, workgroup, schema, token = randomUUID()) => {
      const former = tokens.get(token);
      if (former !== undefined && former.query !== query) throw new Refused('Idempotent parameters do not match');
      if (former !== undefined) return former.id;
      const execution: Execution = {
        id: randomUUID(),
        query,
        workgroup,
        schema,
        statement: readStatement(query),
        cancel: new AbortController(),
        submitted: Date.now(),
        state: 'RUNNING',
      };
      known.set(execution.id, execution);
      tokens.set(token, execution);
      queries.push(query);
      void finish(trino, { ...hooks, before }, execution);
      return execution.id;
    },
    look: (id) => describe(find(id)),
    stop: (id) => find(id).cancel.abort(),
    results: (id, most, from) => {
      const { state, statement, answer: { columns = [], rows = [] } = {} } = find(id);
      if (state !== 'SUCCEEDED') throw new Refused(`Query did not finish successfully. Final query state: ${state}`);
      const all = athenaRows(columns, rows, statement.type === 'DML' && statement.kind === 'plain');
      const next = from + most < all.length ? { NextToken: String(from + most) } : {};
      const ResultSetMetadata = { ColumnInfo: columns.map(columnInfo) };
      return { UpdateCount: 0, ResultSet: { Rows: all.slice(from, from + most), ResultSetMetadata }, ...next };
    },
  };
}

async function finish(trino: Trino, hooks: AthenaHooks, execution: Execution): Promise<void> {
  const { statement, schema, cancel } = execution;
  try {
    await hooks.before?.();
    if (statement.kind === 'plain') {
      execution.answer = await trino.query(statement.sql, { schema, signal: cancel.signal });
    } else {
      const { files, stats } = await unload(trino, { ...statement, schema, signal: cancel.signal });
      await hooks.onUnload?.(files);
      execution.answer = stats === null ? {} : { stats };
    }
    execution.state = 'SUCCEEDED';
  } catch (error) {
    execution.state = cancel.signal.aborted ? 'CANCELLED' : 'FAILED';
    execution.error = error;
  }
  execution.completed = Date.now();
}

function describe(execution: Execution) {
  const { id, query, workgroup, schema, statement, state, submitted, completed, error, answer } = execution;
  const reason = error instanceof Error ? error.message : String(error);
  const ours = error instanceof TrinoError && error.errorType === 'USER_ERROR';
  return {
    QueryExecutionId: id,
    Query: query,
    StatementType: statement.type,
    WorkGroup: workgroup,
    QueryExecutionContext: { Catalog: 'awsdatacatalog', Database: schema },
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    ResultConfiguration: {},
    Status: {
      State: state,
      // Epoch seconds, as awsJson1.1 has times.
      SubmissionDateTime: submitted / 1000,
      ...(completed === undefined ? {} : { CompletionDateTime: completed / 1000 }),
      ...(error === undefined
        ? {}
        : {
            StateChangeReason: reason,
            AthenaError: { ErrorCategory: ours ? 2 : 1, ErrorType: 1, Retryable: false, ErrorMessage: reason },
          }),
    },
    Statistics: {
      DataScannedInBytes: answer?.stats?.physicalInputBytes ?? 0,
      EngineExecutionTimeInMillis: answer?.stats?.elapsedMs ?? 0,
      TotalExecutionTimeInMillis: (completed ?? Date.now()) - submitted,
    },
  };
}
