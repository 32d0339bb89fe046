import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { putIn } from '../../functions/lib/inbox.ts';
import { loadQueries } from '../../local/queries.ts';
import { askAll, makeMonths, seed, testAlert } from '../../local/smoke/lake-steps.ts';
import { reportOf, runSteps } from '../../local/smoke/run-steps.ts';
import { main, settingsOf, stepsOf } from '../../local/smoke.ts';
import { message } from '../../shared/alerts/message.ts';
import { parseConfig } from '../../shared/config.ts';
import { queriesOf } from '../../shared/queries.ts';
import { copyTables } from '../../shared/tables/copies.ts';
import { MATERIALISED } from '../../shared/tables/materialised.ts';
import { testPlatform } from '../platform/index.ts';

const ok = (name: string) => ({ name, does: `does ${name}`, run: async () => `${name} done` });

it('runs steps in order, says each, and takes down what was built when one fails', async () => {
  const told: string[] = [];
  const steps = [
    ok('deploy'),
    { ...ok('seed'), run: async () => Promise.reject(new Error('no right | to write')) },
    ok('ask'),
    { ...ok('take down'), always: true },
  ];
  const results = await runSteps(
    steps,
    (line) => told.push(line),
    () => 0,
  );
  expect(results.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'deploy ok',
    'seed failed',
    'ask skipped',
    'take down ok',
  ]);
  expect(told).toEqual([
    'deploy: does deploy …',
    'deploy: deploy done (0 s)',
    'seed: does seed …',
    'seed: FAILED, no right | to write (0 s)',
    'take down: does take down …',
    'take down: take down done (0 s)',
  ]);
  expect(reportOf('Trial', results)).toContain('| seed | failed | 0 | no right \\| to write |');
});

it('deploys, seeds, makes, asks, alerts and takes down; with --keep it leaves everything', () => {
  const trial = { name: 'smoke_1', home: '/nowhere', email: undefined };
  const names = (keep: boolean) => stepsOf({ ...trial, keep }).map(({ name }) => name);
  expect(names(false)).toEqual(['laptop', 'deploy', 'seed', 'make', 'ask', 'alert', 'take down']);
  expect(names(true)).toEqual(['laptop', 'deploy', 'seed', 'make', 'ask', 'alert']);
});

it('deploys a table for every query that it asks and that is no view', () => {
  const { copies } = parseConfig(settingsOf({ name: 'smoke_1', email: undefined }));
  const stands = new Set([...MATERIALISED, ...copyTables(copies)].map(({ name }): string => name));
  const tables = [...loadQueries().values()].filter(({ materialised }) => materialised).map(({ name }) => name);
  expect(tables.filter((name) => !stands.has(name))).toEqual([]);
  expect(tables).toContain('cid_focus');
});

it('wants to be told in which account', async () => {
  await expect(main([])).rejects.toThrow('smoke: name the account to try it in with --profile NAME.');
});

it('refuses without credentials, with a sentence, before anything is made', async () => {
  const home = await mkdtemp(join(tmpdir(), 'smoke-'));
  const files = { AWS_CONFIG_FILE: join(home, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials') };
  Object.assign(process.env, { ...files, AWS_EC2_METADATA_DISABLED: 'true' });
  await expect(main(['--profile', 'nobody', '--region', 'eu-west-1'])).rejects.toThrow(
    'There are no AWS credentials that serve (CredentialsProviderError): set AWS_PROFILE',
  );
  await rm(home, { recursive: true });
});

it('seeds facts, reference data and names, and nothing that is made of them', async () => {
  const laptop = testPlatform().platform;
  const bytes = new TextEncoder().encode('x');
  for (const key of ['facts/costs/a.parquet', 'identities/identities/p.parquet', 'marts/charges/m.parquet', 'raw/r.gz'])
    await laptop.objects.put(key, bytes, { metadata: { rows: '1' }, when: 'any' });
  const { platform, bucket } = testPlatform();
  expect(await seed(laptop.objects, platform)).toBe('2 objects');
  expect([...bucket.keys()]).toEqual(['facts/costs/a.parquet', 'identities/identities/p.parquet']);
  expect((await platform.objects.head('facts/costs/a.parquet'))?.metadata).toEqual({ rows: '1' });
});

it('waits until the deployed functions have emptied both inboxes', async () => {
  const pointed: string[] = [];
  const { platform, queued } = testPlatform();
  const key = 'facts/costs/billing_period=2026-11/a.main.2026-11-24.parquet';
  await platform.objects.put(key, new Uint8Array(1), { when: 'any' });
  await putIn(platform.state, 'detect', 'left', {});
  let naps = 0;
  const clock = {
    now: () => 0,
    sleep: async () => {
      naps += 1;
      const item = await platform.state.get({ group: 'inbox#detect', key: 'left' });
      if (naps === 3 && item !== null) await platform.state.remove(item, item.version);
    },
  };
  const warehouse = {
    ...platform.warehouse,
    partitions: async () => new Map<string, string>(),
    point: async (table: string, of: ReadonlyMap<string, string>) => void pointed.push(`${table} ${[...of.keys()]}`),
  };
  const said = await makeMonths({ ...platform, clock, warehouse }, { since: '2026-11-23', through: '2026-11-24' });
  expect(said).toMatch(/^1 months, \d+ partitions registered, all made and looked at$/);
  expect(naps).toBe(3);
  expect(pointed).toContain('costs 2026-11');
  expect(queued.map(({ body }) => body)).toEqual([{ days: ['2026-11-23', '2026-11-24'], mode: 'backfill' }]);
});

it('fails when a check speaks there, or when the ledger is not the laptop’s', async () => {
  const queries = queriesOf(
    new Map([['checks/ties_out.sql', '-- No row: it ties out.\nselect 1 as says from costs']]),
    [],
  );
  const answering = (count: string, billed: string) => ({
    rows: async function* (sql: string) {
      if (!sql.includes('told_cost')) yield { row_count: count };
      else {
        yield { what: 'usage at list', row_count: '7', amount: '2.5' };
        yield { what: 'ledger as told', row_count: null, amount: billed };
      }
    },
  });
  const here = answering('0', '1.5');
  const there = (count: string, billed: string) => askAll({ warehouse: answering(count, billed) }, queries, here);
  await expect(there('3', '1.5')).rejects.toThrow('checks speak: ties_out (3 rows)');
  await expect(there('0', '1.4')).rejects.toThrow('ledger as told comes to 1.4 USD there and to 1.5 USD here');
  expect(await there('0', '1.5')).toBe(
    '1 queries answer, no check speaks, as on the laptop: usage at list 2.5 USD in 7 rows, ledger as told 1.5 USD',
  );
});

it('sends an alert that says it is a trial, in the shape of every other', async () => {
  const { platform, published } = testPlatform();
  await testAlert(platform);
  const body = JSON.parse(published[0]?.body ?? '');
  expect(message.parse(body.message).title).toBe('Trial alert, nothing happened');
});
