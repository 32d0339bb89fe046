import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type AthenaHooks, athenaExecutions } from './athena-executions.ts';
import { Refused } from './athena-statement.ts';
import type { Trino } from './trino.ts';

/** An Athena-shaped server over Trino; point a client at it by AWS_ENDPOINT_URL_ATHENA. */
export interface AthenaDouble {
  readonly url: string;
  /** Every query started so far, oldest first. */
  readonly queries: readonly string[];
  stop(): Promise<void>;
}

const started = z.object({
  QueryString: z.string().min(1),
  WorkGroup: z.string().default('primary'),
  ClientRequestToken: z.string().optional(),
  QueryExecutionContext: z.object({ Catalog: z.string().optional(), Database: z.string().default('default') }).default({
    Database: 'default',
  }),
  ExecutionParameters: z.array(z.string()).length(0).optional(),
});
const named = z.object({ QueryExecutionId: z.string() });
const paged = named.extend({ MaxResults: z.int().min(1).max(1000).default(1000), NextToken: z.string().optional() });
const workgroup = z.object({ WorkGroup: z.string() });

/** Starts the double on a free port. */
export async function startAthenaDouble(trino: Trino, hooks: AthenaHooks = {}): Promise<AthenaDouble> {
  const executions = athenaExecutions(trino, hooks);
  const operations: Record<string, (asked: unknown) => unknown> = {
    StartQueryExecution: (asked) => {
      const { QueryString, WorkGroup, ClientRequestToken, QueryExecutionContext } = started.parse(asked);
      const schema = QueryExecutionContext.Database;
      return { QueryExecutionId: executions.start(QueryString, WorkGroup, schema, ClientRequestToken) };
    },
    GetQueryExecution: (asked) => ({ QueryExecution: executions.look(named.parse(asked).QueryExecutionId) }),
    StopQueryExecution: (asked) => executions.stop(named.parse(asked).QueryExecutionId),
    GetQueryResults: (asked) => {
      const { QueryExecutionId, MaxResults, NextToken } = paged.parse(asked);
      return executions.results(QueryExecutionId, MaxResults, Number(NextToken ?? 0));
    },
    GetWorkGroup: (asked) => ({
      WorkGroup: {
        Name: workgroup.parse(asked).WorkGroup,
        State: 'ENABLED',
        Configuration: { EnforceWorkGroupConfiguration: true },
      },
    }),
  };
  const server = createServer((request, response) => void answer(operations, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the double of Athena has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    queries: executions.queries,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  operations: Record<string, (asked: unknown) => unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [service, name = ''] = String(request.headers['x-amz-target']).split('.');
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  };
  const refuse = (message: string): void =>
    send(400, { __type: 'InvalidRequestException', Message: message, AthenaErrorCode: 'INVALID_INPUT' });
  const run = service === 'AmazonAthena' ? operations[name] : undefined;
  if (run === undefined) return refuse(`this double of Athena does not know ${request.headers['x-amz-target']}`);
  try {
    send(200, run(JSON.parse(await text(request))) ?? {});
  } catch (error) {
    if (error instanceof Refused || error instanceof z.ZodError) return refuse(error.message);
    send(500, { __type: 'InternalServerException', Message: String(error) });
  }
}
