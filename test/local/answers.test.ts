import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyedCrypto } from '../../functions/lib/crypto.ts';
import { knownAnswers } from '../../local/answers.ts';
import { forgetKept } from '../../local/kept.ts';
import { loadQueries } from '../../local/queries.ts';

const QUESTIONS = ['select says from costs', 'select login from identities'];
const crypto = keyedCrypto('key');

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'answers-'));
  await mkdir(join(root, 'facts/costs'), { recursive: true });
  await writeFile(join(root, 'facts/costs/a.parquet'), 'one');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A run that asks what the page asks: what it was told, and which questions an engine had to answer. */
const run = async (queries = loadQueries()) => {
  const asked: string[] = [];
  const { query, keep } = knownAnswers(root, { crypto }, queries, async (sql) => {
    asked.push(sql);
    return [{ says: await readFile(join(root, 'facts/costs/a.parquet'), 'utf8') }];
  });
  const told = await Promise.all(QUESTIONS.map(query));
  await keep();
  return { asked, told: told.flat().map(({ says }) => says) };
};

it('asks nothing again but names, as long as nothing has changed', async () => {
  expect(await run()).toEqual({ asked: QUESTIONS, told: ['one', 'one'] });
  expect(await run()).toEqual({ asked: QUESTIONS.slice(1), told: ['one', 'one'] });
});

it('keeps no names', async () => {
  await run();
  const kept = await readFile(join(root, 'answers.json'), 'utf8');
  expect(kept).toContain('costs');
  expect(kept).not.toContain('identities');
});

it.each([
  ['a file is replaced', () => writeFile(join(root, 'facts/costs/a.parquet'), 'other'), 'other'],
  ['a file comes', () => writeFile(join(root, 'facts/costs/b.parquet'), 'one'), 'one'],
  ['what is kept is damaged', () => writeFile(join(root, 'answers.json'), '{"of":'), 'one'],
  ['it is to be forgotten', async () => forgetKept(root), 'one'],
])('asks again when %s', async (_what, change, says) => {
  await run();
  await change();
  expect(await run()).toEqual({ asked: QUESTIONS, told: [says, says] });
});

it('asks again when a query is another', async () => {
  await run();
  const changed = new Map([...loadQueries()].map(([name, query]) => [name, { ...query, sql: `${query.sql} ` }]));
  expect((await run(changed)).asked).toEqual(QUESTIONS);
});

it('keeps what is known of a lake that changed while it was asked', async () => {
  const { query, keep } = knownAnswers(root, { crypto }, loadQueries(), async () => [{ says: 'one' }]);
  await query('select says from costs');
  await mkdir(join(root, 'status/incidents'), { recursive: true });
  await writeFile(join(root, 'status/incidents/data.parquet'), 'found meanwhile');
  await keep();
  expect((await run()).asked).toEqual(QUESTIONS.slice(1));
});
