import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LakeFacts } from '../../local/lake.ts';
import { loadQueries } from '../../local/queries.ts';
import { openViews, type Views } from '../../local/views.ts';
import { runChecks } from '../../shared/checks.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { MATERIALISED } from '../../shared/tables/materialised.ts';
import { type Emulator, startEmulator } from './engines/emulator.ts';
import { startTrino, type Trino } from './engines/trino.ts';
import { duckAnswer, trinoAnswer } from './sql/answer.ts';
import { type MadeOnAws, madeOnAws } from './sql/both-engines.ts';
import { companyLake } from './sql/company-lake.ts';
import { differences } from './sql/difference.ts';

const SCHEMA = 'outlay';
const queries = loadQueries();

let folder: string;
let facts: LakeFacts;
let trino: Trino;
let emulator: Emulator;
let duck: Views;
let aws: MadeOnAws;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outlay-sql-'));
  facts = await companyLake(join(folder, 'laptop'));
  duck = await openViews(join(folder, 'laptop'));
  trino = await startTrino();
  emulator = await startEmulator();
  aws = await madeOnAws(trino, emulator, { from: join(folder, 'laptop'), folder: join(folder, 'aws'), facts });
});
afterAll(async () => {
  duck?.close();
  await aws?.stop();
  await emulator?.stop();
  await trino?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('one lake on DuckDB and on Trino', () => {
  it('is published whole, and its months are made, by the same code', () => {
    const views = [...queries.values()].filter(({ materialised }) => !materialised);
    expect(aws.published.views).toEqual(views.map(({ name }) => name));
    expect(aws.made.map(({ table, period, outcome }) => `${table} ${period} ${outcome}`)).toEqual(
      ['2026-08', '2026-09', '2026-10'].flatMap((period) => MATERIALISED.map(({ name }) => `${name} ${period} made`)),
    );
  });

  it.each(MATERIALISED.map(({ name }) => name))('takes the months of %s to be made of the same', async (name) => {
    const hashes = async ({ partitions }: Pick<MadeOnAws['warehouse'], 'partitions'>) =>
      new Map([...(await partitions(name))].map(([period, prefix]) => [period, prefix.split('/')[3]]));
    expect(await hashes(aws.warehouse)).toEqual(await hashes(duck.warehouse));
  });

  it.each(TABLES.map(({ name }) => name))('has the same cells in the table %s', async (name) => {
    expect(differences(name, await duckAnswer(duck.warehouse, name), await trinoAnswer(trino, SCHEMA, name))).toEqual(
      [],
    );
  });

  it.each([...queries.values()].map(({ layer, name }) => [layer, name]))(
    'answers %s/%s the same, cell by cell',
    async (_layer, name) => {
      expect(differences(name, await duckAnswer(duck.warehouse, name), await trinoAnswer(trino, SCHEMA, name))).toEqual(
        [],
      );
    },
  );

  it.each(['DuckDB', 'Trino'])('fails no check on %s', async (engine) => {
    const { warehouse } = engine === 'Trino' ? aws : duck;
    const said = await runChecks({ warehouse }, queries);
    expect(said.flatMap(({ name, rows }) => rows.map(({ says }) => `${name}: ${says}`))).toEqual([]);
    expect(said.length).toBeGreaterThan(0);
  });
});
