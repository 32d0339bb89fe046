import {
  type AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';
import * as z from 'zod';
import type { Clock, QueryRow, Warehouse } from '../../shared/platform.ts';
import { glueCatalogue } from './catalogue.ts';

/** Where queries run. */
export interface WarehouseAt {
  readonly workgroup: string;
  readonly database: string;
  readonly bucket: string;
}

/** First and longest wait between two looks at a query, in milliseconds. */
const WAIT = { first: 200, longest: 3000 };
const NAME = /^[a-z_][a-z0-9_]*$/;
const PREFIX = /^[A-Za-z0-9_=./-]+\/$/;

const answered = z.object({ QueryExecutionId: z.string() });
const execution = z.object({
  QueryExecution: z.object({
    Status: z.object({
      State: z.enum(['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
      StateChangeReason: z.string().optional(),
    }),
  }),
});

/** Athena over the lake, and Glue for where the months stand. */
export function athenaWarehouse(athena: AthenaClient, glue: GlueClient, at: WarehouseAt, clock: Clock): Warehouse {
  const run = async (sql: string): Promise<string> => {
    const asked = new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: at.workgroup,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: at.database },
    });
    const { QueryExecutionId } = answered.parse(await athena.send(asked));
    for (let wait = WAIT.first; ; wait = Math.min(wait * 1.5, WAIT.longest)) {
      const seen = execution.parse(await athena.send(new GetQueryExecutionCommand({ QueryExecutionId })));
      const { State, StateChangeReason = 'no reason told' } = seen.QueryExecution.Status;
      if (State === 'SUCCEEDED') return QueryExecutionId;
      if (State === 'FAILED' || State === 'CANCELLED')
        throw new Error(`Athena ended query ${QueryExecutionId} as ${State}: ${StateChangeReason}`);
      await clock.sleep(wait);
    }
  };
  return {
    ...glueCatalogue(glue, at.database, at.bucket),
    rows: async function* (sql) {
      yield* pages(athena, await run(sql));
    },
    unload: async (sql, prefix) => {
      if (!PREFIX.test(prefix)) throw new Error(`'${prefix}' is not a prefix of the lake that ends with a slash`);
      const to = `s3://${at.bucket}/${prefix}`;
      await run(`UNLOAD (\n${sql}\n)\nTO '${to}'\nWITH (format = 'PARQUET', compression = 'ZSTD')`);
    },
    view: async (name, sql) => {
      if (!NAME.test(name)) throw new Error(`'${name}' is not the name of a view`);
      await run(`CREATE OR REPLACE VIEW ${name} AS\n${sql}`);
    },
  };
}

/** Rows of a finished query: the first row of the first page is the heading. */
async function* pages(athena: AthenaClient, QueryExecutionId: string): AsyncGenerator<QueryRow> {
  let heading = true;
  for await (const { ResultSet } of paginateGetQueryResults({ client: athena }, { QueryExecutionId })) {
    const names = (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name);
    for (const { Data = [] } of (ResultSet?.Rows ?? []).slice(heading ? 1 : 0))
      yield Object.fromEntries(names.map((name, index) => [name, Data[index]?.VarCharValue ?? null]));
    heading = false;
  }
}
