import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import type { AthenaHooks } from './athena-executions.ts';
import { glueMirror } from './glue-mirror.ts';
import { lakeMirror } from './lake-mirror.ts';
import { engine, nodeBin, scripts } from './places.ts';
import { freePort, startServer } from './server.ts';
import type { Trino } from './trino.ts';

/** The account that the emulator plays. */
export const ACCOUNT = '000000000000';
/** The Region that the emulator plays. */
export const REGION = 'us-east-1';

/** What every AWS client of a test is made with. */
export interface EmulatorClient {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How to start an emulator. */
export interface EmulatorOptions {
  /** Seen by every Lambda beside its template's environment, e.g. AWS_ENDPOINT_URL_ATHENA. */
  readonly lambdaEnv?: Record<string, string>;
  /** Whether IAM is enforced; it is. */
  readonly auth?: boolean;
}

/** A running account. */
export interface Emulator {
  readonly url: string;
  /** Pass to any SDK client: `new S3Client(emulator.client)`; these are the root's keys, who may do all. */
  readonly client: EmulatorClient;
  /** Environment for aws-cdk and SDKs in other processes. */
  readonly env: Record<string, string>;
  readonly pid: number;
  /** Folder of its own, removed by stop. */
  readonly home: string;
  /** All that it and the Lambdas said so far. */
  log(): Promise<string>;
  /** Empties the account, the bootstrap stack too. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an account on a free port. */
export async function startEmulator({ lambdaEnv = {}, auth = true }: EmulatorOptions = {}): Promise<Emulator> {
  const installed = engine('emulator');
  const home = mkdtempSync(join(tmpdir(), 'outlay-emulator-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const pairs = Object.entries(lambdaEnv).map(([name, value]) => `${name}=${value}`);
  const server = await startServer({
    name: 'the emulator',
    command: [join(scripts, 'emulator.sh'), 'run', installed, String(port), home, ...pairs],
    env: { EMULATOR_NODE: nodeBin, EMULATOR_AUTH: String(auth) },
    ready: async () => (await fetch(`${url}/_ministack/health`)).ok,
    patience: 60_000,
    log: join(home, 'log'),
  });
  return {
    url,
    client: { endpoint: url, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    env: {
      PATH: `${nodeBin}:${process.env.PATH}`,
      // The CDK's CLI remembers accounts below its home.
      HOME: home,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_S3: url,
      CDK_DEFAULT_ACCOUNT: ACCOUNT,
      CDK_DEFAULT_REGION: REGION,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
    pid: server.pid,
    home,
    log: () => readFile(join(home, 'log'), 'utf8'),
    reset: async () => {
      const { status } = await fetch(`${url}/_ministack/reset`, { method: 'POST' });
      if (status !== 200) throw new Error(`the emulator answered ${status} when asked to reset`);
    },
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Lets Athena's double read this account: its Glue tables and S3 objects before each query, unloaded files after. */
export function accountHooks(client: EmulatorClient, trino: Trino): Required<AthenaHooks> {
  const lake = lakeMirror(new S3Client(client), trino.root);
  const glue = glueMirror(new GlueClient(client), trino.metastore);
  return {
    before: async () => {
      await glue();
      await lake.pull();
    },
    onUnload: (files) => lake.push(files),
  };
}
