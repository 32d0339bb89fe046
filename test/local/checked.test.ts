import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyedCrypto } from '../../functions/lib/crypto.ts';
import { checked } from '../../local/checked.ts';
import { forgetKept } from '../../local/kept.ts';
import { loadQueries } from '../../local/queries.ts';
import type { Warehouse } from '../../shared/platform.ts';

let root: string;
let asked: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'checked-'));
  asked = [];
  await mkdir(join(root, 'facts/costs'), { recursive: true });
  await writeFile(join(root, 'facts/costs/a.parquet'), 'one');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Answers every question with what stands in the file. */
const warehouse = {
  rows: async function* (sql: string) {
    asked.push(sql);
    yield { says: await readFile(join(root, 'facts/costs/a.parquet'), 'utf8') };
  },
} as Pick<Warehouse, 'rows'> as Warehouse;

const said = async (queries = loadQueries()) => {
  asked = [];
  const { checks, findings } = await checked(root, { warehouse, crypto: keyedCrypto('key') }, queries);
  return {
    questions: asked.length,
    says: [...new Set([...checks, ...findings].map(({ rows }) => rows[0]?.says))],
    checks: checks.length,
    findings: findings.length,
  };
};

const all = [...loadQueries().values()];
const checks = all.filter(({ layer }) => layer === 'checks').length;
const findings = all.filter(({ layer }) => layer === 'findings').length;
const whole = { questions: checks + findings, says: ['one'], checks, findings };

it('asks once, and tells the same as long as nothing that is read changes', async () => {
  expect(await said()).toEqual(whole);
  expect(await said()).toEqual({ ...whole, questions: 0 });
});

it.each([
  ['a file is replaced', () => writeFile(join(root, 'facts/costs/a.parquet'), 'other'), 'other'],
  ['a file comes', () => writeFile(join(root, 'facts/costs/b.parquet'), 'one'), 'one'],
  ['the memory is damaged', () => writeFile(join(root, 'checked.json'), '{"of":'), 'one'],
  ['it is to be forgotten', async () => forgetKept(root), 'one'],
])('asks again when %s', async (_what, change, says) => {
  await said();
  await change();
  expect(await said()).toEqual({ ...whole, says: [says] });
});

it('asks again when a query is another', async () => {
  await said();
  const changed = new Map([...loadQueries()].map(([name, query]) => [name, { ...query, sql: `${query.sql} ` }]));
  expect(await said(changed)).toEqual(whole);
});
