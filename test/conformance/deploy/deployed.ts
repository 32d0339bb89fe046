import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { s3Objects } from '../../../functions/lib/objects.ts';
import { dynamoState } from '../../../functions/lib/state.ts';
import { company, startVendors, type VendorOptions } from '../../../local/vendors/index.ts';
import { vendorSettings } from '../../../local/world.ts';
import { type ConfigInput, connectionsOf, parseConfig } from '../../../shared/config.ts';
import type { Objects, State } from '../../../shared/platform.ts';
import type { Connection } from '../../../shared/source.ts';
import { VENDORS } from '../../../shared/sources/index.ts';
import { addDays, dayOf, HOUR } from '../../../shared/time.ts';
import { type AthenaDouble, startAthenaDouble } from '../engines/athena-double.ts';
import type { AthenaHooks } from '../engines/athena-executions.ts';
import { type CdkApp, cdkApp } from '../engines/cdk.ts';
import { accountHooks, type Emulator, startEmulator } from '../engines/emulator.ts';
import { startTrino, type Trino } from '../engines/trino.ts';
import { type Account, accountOf } from './account.ts';
import { type HeldBill, holdBills } from './bills.ts';
import { type Gate, type SlackDouble, startGate, startSlack } from './loopback.ts';

/** How far back the first run goes: as far as the vendors know. */
export const HISTORY_DAYS = 6;
/** The made-up company as the vendors serve it. */
export const COMPANY: Omit<VendorOptions, 'clock'> = {
  ...{ seed: 7, days: HISTORY_DAYS, developers: 8, faults: 'none', oddities: [], proofs: 'machine' },
  end: addDays(dayOf(Date.now()), -1),
};
/** Vendors rebuild their data each twelve hours; just after that it stands still for as long as this test takes. */
export const VENDORS_AT = Math.ceil(Date.now() / (12 * HOUR)) * 12 * HOUR + 60_000;

/** The vendors' clock runs so many times faster, so that their limits of a minute end in seconds. */
const HASTE = 20;

/** The unmodified app, deployed, with the vendors, the SQL engine and the channel that it reaches. */
export interface Deployed {
  readonly emulator: Emulator;
  readonly trino: Trino;
  readonly athena: AthenaDouble;
  readonly slack: SlackDouble;
  /** Before github.main. */
  readonly gate: Gate;
  readonly app: CdkApp;
  readonly account: Account;
  /** The lake's bucket and state table, by the root's hand. */
  readonly bucket: string;
  readonly objects: Objects;
  readonly state: State;
  readonly pseudonymSecret: string;
  /** A bill of AWS in each form. */
  readonly bills: readonly HeldBill[];
  /** The settings, as a file. */
  readonly config: string;
  readonly connections: readonly Connection[];
  /** Keys of the vendors, by connection. */
  readonly keys: Readonly<Record<string, string>>;
  /** Roles for people, by ARN. */
  readonly roles: { readonly operator: string; readonly registrar: string; readonly importer: string };
  stop(): Promise<void>;
}

/** Connection whose vendor knows it and whose key nobody has put. */
export const KEYLESS = 'anthropic.research';
/** Connections that are deployed: one of each vendor; a further one proves nothing more, and takes its time. */
const TRIED = [...VENDORS.map(({ id }) => `${id}.main`), KEYLESS];

/** Starts everything and deploys. anthropic.research has no key yet. */
export async function deployed(): Promise<Deployed> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one();
  };
  const started = <T extends { stop(): Promise<void> }>(server: T): T => {
    stops.push(() => server.stop());
    return server;
  };
  try {
    const trino = started(await startTrino());
    // The account comes after the double that its functions are told of.
    let hooks: AthenaHooks = {};
    const athena = started(
      await startAthenaDouble(trino, {
        before: async () => hooks.before?.(),
        onUnload: async (files) => hooks.onUnload?.(files),
      }),
    );
    const emulator = started(await startEmulator({ lambdaEnv: { AWS_ENDPOINT_URL_ATHENA: athena.url } }));
    hooks = accountHooks(emulator.client, trino);
    const slack = started(await startSlack());
    const clock = new SharedArrayBuffer(8);
    const cell = new Float64Array(clock);
    const begun = Date.now();
    const tick = (): void => {
      cell[0] = VENDORS_AT + HASTE * (Date.now() - begun);
    };
    tick();
    const ticking = setInterval(tick, 500);
    stops.push(async () => clearInterval(ticking));
    const vendors = started(await startVendors({ ...COMPANY, clock }));
    const gate = started(await startGate(vendors.urls['github.main'] ?? ''));
    const urls = { ...vendors.urls, 'github.main': gate.url };
    const bills = await holdBills(new S3Client(emulator.client), emulator.home, COMPANY);
    const { config, connections } = await writeConfig(emulator, urls, vendors.secrets, bills);
    const app = cdkApp(emulator, 'node infra/app.ts', { config });
    await app.bootstrap();
    await app.synth();
    const { OutlayLake: lake = {}, OutlayPipeline: pipeline = {} } = await app.deploy();
    const { LakeBucket: bucket = '', StateTable: table = '', PseudonymSecret: pseudonymSecret = '' } = lake;
    const objects = s3Objects(new S3Client(emulator.client), bucket);
    const state = dynamoState(new DynamoDBClient(emulator.client), table);
    const account = accountOf(emulator);
    // Waiting for the next minute would be most of this test; limits have tests of their own.
    const hurrying = setInterval(() => void forgetLimits(state).catch(() => {}), 300);
    stops.push(async () => clearInterval(hurrying));
    await putSecret(emulator, 'outlay/slack', slack.url);
    const { OperatorRoleArn = '', RegistrarRoleArn = '', ImporterRoleArn = '' } = pipeline;
    const roles = { operator: OperatorRoleArn, registrar: RegistrarRoleArn, importer: ImporterRoleArn };
    const reached = { emulator, trino, athena, slack, gate, app, account };
    return {
      ...reached,
      config,
      connections,
      keys: vendors.secrets,
      roles,
      bucket,
      objects,
      state,
      pseudonymSecret,
      bills,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Counts of requests that the collectors share. */
async function forgetLimits(state: State): Promise<void> {
  for await (const item of state.range('rate')) await state.remove(item, item.version);
}

/** Stores what an operator stores by `npm run secret`. */
async function putSecret(emulator: Emulator, SecretId: string, SecretString: string): Promise<void> {
  await new SecretsManagerClient(emulator.client).send(new PutSecretValueCommand({ SecretId, SecretString }));
}

/** Settings whose keys lie in the account already, but for one. */
async function writeConfig(
  emulator: Emulator,
  urls: Readonly<Record<string, string>>,
  keys: Readonly<Record<string, string>>,
  bills: readonly HeldBill[],
): Promise<Pick<Deployed, 'config' | 'connections'>> {
  const client = new SecretsManagerClient(emulator.client);
  const made = company(COMPANY);
  const connections: ConfigInput['connections'] = [];
  const tried = Object.entries(urls).filter(([id]) => TRIED.includes(id));
  for (const [id, baseUrl] of tried) {
    const put = new CreateSecretCommand({ Name: `keys/${id}`, SecretString: keys[id] });
    const secret = id === KEYLESS ? {} : { secret: (await client.send(put)).ARN };
    connections.push({ id, baseUrl, ...secret, settings: vendorSettings(id, made) });
  }
  const config: ConfigInput = {
    company: 'Example',
    historyDays: HISTORY_DAYS,
    connections,
    cloudBill: bills.map(({ folder: _, ...bill }) => bill),
    alerts: { slack: true },
    // As short as a schedule can be: the test waits for it.
    aws: { settleMinutes: 1 },
  };
  const file = join(emulator.home, 'outlay.config.mjs');
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  return { config: file, connections: connectionsOf(parseConfig(config), VENDORS) };
}
