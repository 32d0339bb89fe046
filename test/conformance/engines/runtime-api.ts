import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { engine, nodeBin } from './places.ts';

/** What a handler's error is to Lambda. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** How one invocation, or the start, ended. */
export type Outcome =
  | { readonly ok: true; readonly response: unknown; readonly ms: number }
  | { readonly ok: false; readonly error: RuntimeError; readonly ms: number };

/** A bundle in AWS's own runtime client for Node. */
export interface Runtime {
  invoke(event: unknown): Promise<Outcome>;
  /** All that the handler wrote so far. */
  log(): string;
  stop(): Promise<void>;
}

/** What to run. */
export interface RuntimeOptions {
  /** Folder that holds the bundle, e.g. `asset.…` of an assembly. */
  readonly bundle: string;
  /** `file.export`, `index.handler` if not said. */
  readonly handler?: string;
  readonly env?: Record<string, string>;
  /** Milliseconds that an invocation may take. */
  readonly timeout?: number;
}

const failure = z.object({ errorType: z.string(), errorMessage: z.string() });
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:conformance';

/** Starts a bundle: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { bundle, handler = 'index.handler', env = {}, timeout = 30_000 } = options;
  const client = join(engine('lambda-runtime'), 'node_modules/aws-lambda-ric/index.mjs');
  const waiting: ((event: string) => void)[] = [];
  const events: string[] = [];
  let settle: (outcome: Outcome) => void = () => {};
  let broken: RuntimeError | null = null;
  let began = 0;
  let log = '';

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , , kind, id, what] = (request.url ?? '').split('/');
    if (kind === 'invocation' && id === 'next') {
      const event = events.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve)));
      began = performance.now();
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': crypto.randomUUID(),
        'lambda-runtime-deadline-ms': String(Date.now() + timeout),
        'lambda-runtime-invoked-function-arn': ARN,
        'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
      });
      response.end(event);
      return;
    }
    const body: unknown = JSON.parse((await text(request)) || 'null');
    response.writeHead(202).end();
    const ms = performance.now() - began;
    if (what === 'response') settle({ ok: true, response: body, ms });
    else {
      const error = failure.parse(body);
      if (kind === 'init') broken = error;
      settle({ ok: false, error, ms });
    }
  };

  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the Runtime API has no port');
  const child = spawn(join(nodeBin, 'node'), [client, handler], {
    cwd: bundle,
    env: {
      PATH: process.env.PATH,
      TZ: ':UTC',
      LAMBDA_TASK_ROOT: bundle,
      _HANDLER: handler,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${address.port}`,
      AWS_LAMBDA_FUNCTION_NAME: 'conformance',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/conformance',
      AWS_LAMBDA_LOG_STREAM_NAME: 'conformance',
      AWS_REGION: 'us-east-1',
      ...env,
    },
  });
  const ended = once(child, 'exit').then(([code]) => {
    const error = broken ?? { errorType: 'Runtime.ExitError', errorMessage: `the runtime ended with status ${code}` };
    broken = error;
    settle({ ok: false, error, ms: performance.now() - began });
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });

  return {
    invoke: async (event) => {
      if (broken !== null) return { ok: false, error: broken, ms: 0 };
      const outcome = Promise.withResolvers<Outcome>();
      settle = outcome.resolve;
      const late = setTimeout(
        () => outcome.reject(new Error(`no answer within ${timeout} ms; the handler wrote: ${log.slice(-1000)}`)),
        timeout,
      );
      const next = waiting.shift();
      if (next === undefined) events.push(JSON.stringify(event));
      else next(JSON.stringify(event));
      return outcome.promise.finally(() => clearTimeout(late));
    },
    log: () => log,
    stop: async () => {
      child.kill();
      await ended;
      server.close();
      server.closeAllConnections();
    },
  };
}
