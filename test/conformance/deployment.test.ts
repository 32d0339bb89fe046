import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GlueClient, paginateGetPartitions } from '@aws-sdk/client-glue';
import { ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startVendors } from '../../local/vendors/index.ts';
import { type AthenaDouble, startAthenaDouble } from './engines/athena-double.ts';
import type { AthenaHooks } from './engines/athena-executions.ts';
import { type CdkApp, cdkApp, type Outputs } from './engines/cdk.ts';
import { accountHooks, type Emulator, startEmulator } from './engines/emulator.ts';
import { startTrino, type Trino } from './engines/trino.ts';

const DAY = 86_400_000;
const END = new Date(Date.now() - DAY).toISOString().slice(0, 10);

let trino: Trino;
let athena: AthenaDouble;
let emulator: Emulator;
let vendors: Awaited<ReturnType<typeof startVendors>>;
let app: CdkApp;
let outputs: Outputs;

beforeAll(async () => {
  trino = await startTrino();
  // The account is there only after the double that its functions are told of.
  const account: { hooks: Required<AthenaHooks> | null } = { hooks: null };
  athena = await startAthenaDouble(trino, {
    before: async () => account.hooks?.before(),
    onUnload: async (files) => account.hooks?.onUnload(files),
  });
  emulator = await startEmulator({ lambdaEnv: { AWS_ENDPOINT_URL_ATHENA: athena.url } });
  account.hooks = accountHooks(emulator.client, trino);
  const clock = new SharedArrayBuffer(8);
  // Functions keep the machine's time, so the simulated vendors do too.
  new Float64Array(clock)[0] = Date.now();
  vendors = await startVendors({ seed: 1, end: END, days: 12, developers: 12, faults: 'none', oddities: [], clock });
  app = cdkApp(emulator, 'node infra/app.ts', { config: await writeConfig() });
  await app.bootstrap();
  await app.synth();
  outputs = await app.deploy();
});
afterAll(async () => {
  await vendors?.stop();
  await emulator?.stop();
  await athena?.stop();
  await trino?.stop();
});

/** Settings for the simulated vendors, whose keys lie in the account already. */
async function writeConfig(): Promise<string> {
  const secrets = new SecretsManagerClient(emulator.client);
  const connections = [];
  for (const [id, baseUrl] of Object.entries(vendors.urls)) {
    const { ARN } = await secrets.send(
      new CreateSecretCommand({ Name: `keys/${id}`, SecretString: vendors.secrets[id] }),
    );
    connections.push({
      id,
      baseUrl,
      secret: ARN,
      settings: id.startsWith('github.') ? { organization: 'halden' } : {},
    });
  }
  const config = { company: 'Example', historyDays: 12, connections, aws: { settleSeconds: 5 } };
  const file = join(emulator.home, 'config.ts');
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  return file;
}

async function keysBelow(prefix: string): Promise<string[]> {
  const found: string[] = [];
  const at = { Bucket: outputs.OutlayLake?.LakeBucket ?? '', Prefix: prefix };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: new S3Client(emulator.client) }, at))
    found.push(...Contents.map(({ Key = '' }) => Key));
  return found;
}

async function months(table: string): Promise<[string, string][]> {
  const partition = z.object({
    Values: z.tuple([z.string()]),
    StorageDescriptor: z.object({ Location: z.string() }),
  });
  const found: [string, string][] = [];
  const at = { DatabaseName: 'outlay', TableName: table };
  for await (const { Partitions } of paginateGetPartitions({ client: new GlueClient(emulator.client) }, at))
    for (const one of z.array(partition).parse(Partitions ?? []))
      found.push([one.Values[0], one.StorageDescriptor.Location]);
  return found;
}

/** Looks again until something holds; what was last seen otherwise. */
async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, patience = 240_000): Promise<T> {
  for (const end = Date.now() + patience; ; await setTimeout(1000)) {
    const seen = await look();
    if (holds(seen) || Date.now() > end) return seen;
  }
}

describe('a deployment', () => {
  it('starts at once: every vendor is asked with its own key, and its days stand under their fixed keys', async () => {
    const wanted = `facts/usage/billing_period=${END.slice(0, 7)}/anthropic_usage.main.${END}.parquet`;
    expect(
      await until(
        () => keysBelow(wanted),
        (keys) => keys.length > 0,
      ),
    ).toEqual([wanted]);
    const costs = await until(
      () => keysBelow('facts/costs/'),
      (keys) =>
        ['anthropic_costs.main', 'anthropic_costs.research', 'openai_costs.main'].every((source) =>
          keys.some((key) => key.includes(source)),
        ),
    );
    expect(
      costs.every((key) =>
        /^facts\/costs\/billing_period=\d{4}-\d{2}\/[a-z_]+\.[a-z]+\.\d{4}-\d{2}-\d{2}\.parquet$/.test(key),
      ),
    ).toBe(true);
  });

  it('makes the months, and points the catalogue at them', async () => {
    const made = await until(
      () => months('allocated_cost'),
      (found) => found.length > 0,
    );
    expect(made).toContainEqual([
      END.slice(0, 7),
      expect.stringMatching(/\/marts\/allocated_cost\/billing_period=\d{4}-\d{2}\/[0-9a-f]{32}\/\d+\/$/),
    ]);
  });

  it('has published every view, and the sums tie out', async () => {
    // Days arrive while the first months are made; the last wake-up makes them whole.
    const broken = await until(
      async () => (await trino.query('SELECT says FROM outlay.totals_tie_out')).rows,
      (rows) => rows.length === 0,
    );
    expect(broken).toEqual([]);
  });

  it('has looked at the days that changed', async () => {
    expect(
      await until(
        () => keysBelow('status/incidents/'),
        (keys) => keys.length > 0,
      ),
    ).toEqual(['status/incidents/data.parquet']);
  });

  it('has run without a failure, every function with the rights of its own role', async () => {
    const lines = (await emulator.log()).split('\n');
    expect(lines.filter((line) => line.includes('"message":"failed"') || line.includes('AccessDenied'))).toEqual([]);
  });

  it('changes nothing when it is deployed again', async () => {
    expect(await app.differs()).toBe(false);
  });

  it('leaves the lake behind when it is destroyed', async () => {
    const before = await keysBelow('facts/');
    await app.destroy();
    const { Buckets = [] } = await new S3Client(emulator.client).send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toContain(outputs.OutlayLake?.LakeBucket);
    expect(await keysBelow('facts/')).toEqual(expect.arrayContaining(before));
  });
});
