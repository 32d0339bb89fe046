import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  BatchCreatePartitionCommand,
  BatchUpdatePartitionCommand,
  CreateDatabaseCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decimal, defineTable, type Table, text } from '../../shared/table.ts';
import { type AthenaDouble, startAthenaDouble } from './engines/athena-double.ts';
import { readStatement } from './engines/athena-statement.ts';
import { accountHooks, type Emulator, startEmulator } from './engines/emulator.ts';
import { createTable, lakeOnAws } from './engines/lake-on-aws.ts';
import type { MetastoreTable } from './engines/metastore.ts';
import { startTrino, type Trino } from './engines/trino.ts';

const schema = 'outlay';
const costs: MetastoreTable = {
  schema,
  name: 'costs',
  columns: [
    { name: 'billed_cost', type: 'decimal(20,10)' },
    { name: 'token_count', type: 'bigint' },
    { name: 'day', type: 'date' },
    { name: 'due_at', type: 'timestamp' },
    { name: 'model', type: 'string' },
  ],
  partitionKeys: [{ name: 'billing_period', type: 'string' }],
  location: 's3://lake/facts/costs/',
};

const spend: MetastoreTable = {
  ...costs,
  name: 'spend',
  columns: [
    { name: 'model', type: 'string' },
    { name: 'billed_cost', type: 'decimal(28,10)' },
  ],
  location: 's3://lake/marts/spend/',
};

let trino: Trino;
let emulator: Emulator;
let athena: AthenaDouble;

beforeAll(async () => {
  trino = await startTrino();
  emulator = await startEmulator();
  athena = await startAthenaDouble(trino, accountHooks(emulator.client, trino));
});
afterAll(async () => {
  await athena?.stop();
  await emulator?.stop();
  await trino?.stop();
});

/** Rows of a VALUES text as one Parquet file. */
async function parquet(path: string, rows: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `copy (select cast(a as decimal(20,10)) billed_cost, cast(b as bigint) token_count, cast(c as date) as day,
     cast(d as timestamp_ms) due_at, cast(e as varchar) as model from (values ${rows}) t(a, b, c, d, e)) to '${path}' (format parquet, compression zstd)`,
  );
  connection.closeSync();
}

const rows = async (sql: string): Promise<readonly (readonly (string | null)[])[]> =>
  (await trino.query(sql, { schema })).rows;

const sdk = () => new AthenaClient({ ...emulator.client, endpoint: athena.url });

async function finished(client: AthenaClient, QueryExecutionId: string | undefined) {
  await expect
    .poll(
      async () => (await client.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution?.Status?.State,
      { timeout: 60_000, interval: 50 },
    )
    .not.toBe('RUNNING');
  return (await client.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution;
}

async function athenaRun(QueryString: string) {
  const client = sdk();
  const QueryExecutionContext = { Catalog: 'AwsDataCatalog', Database: schema };
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({ QueryString, QueryExecutionContext }),
  );
  return finished(client, QueryExecutionId);
}

async function athenaPages(QueryString: string) {
  const done = await athenaRun(QueryString);
  const pages: (string | undefined)[][][] = [];
  const asked = { QueryExecutionId: done?.QueryExecutionId };
  for await (const { ResultSet } of paginateGetQueryResults({ client: sdk() }, asked))
    pages.push((ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue)));
  return pages;
}

describe('Trino', () => {
  it('keeps every digit of a decimal and of a bigint, and tells their types', async () => {
    const sql =
      "SELECT CAST('1.0000000001' AS decimal(20,10)) * 3 AS a, 9007199254740993 AS b, CAST(NULL AS varchar) AS c";
    const { columns, rows } = await trino.query(sql);
    expect(columns).toEqual([
      { name: 'a', type: 'decimal(30, 10)' },
      { name: 'b', type: 'bigint' },
      { name: 'c', type: 'varchar' },
    ]);
    expect(rows).toEqual([['3.0000000003', '9007199254740993', null]]);
  });

  it('reads a Parquet file of DuckDB through a metastore file, and a partition where it is pointed to', async () => {
    const lake = await mkdtemp(join(emulator.home, 'lake-'));
    await trino.mount('laptop', lake);
    await mkdir(join(lake, 'costs/billing_period=2026-10/a'), { recursive: true });
    await mkdir(join(lake, 'costs/billing_period=2026-10/b'), { recursive: true });
    const [first, second] = [
      "(0.1000000001, 9007199254740993, '2026-10-01', '2026-10-01 01:02:03.004', 'opus')",
      "(2, null, '2026-10-02', null, null)",
    ];
    await parquet(join(lake, 'costs/billing_period=2026-10/a/x.parquet'), first ?? '');
    await parquet(join(lake, 'costs/billing_period=2026-10/b/x.parquet'), second ?? '');
    const table = { ...costs, name: 'pointed', location: 's3://laptop/costs/' };
    await trino.metastore.table(table);
    expect(await rows('SELECT * FROM pointed')).toEqual([]);

    await trino.metastore.partition(table, ['2026-10'], 's3://laptop/costs/billing_period=2026-10/a/');
    expect(await rows('SELECT * FROM pointed')).toEqual([
      ['0.1000000001', '9007199254740993', '2026-10-01', '2026-10-01 01:02:03.004', 'opus', '2026-10'],
    ]);

    await trino.metastore.partition(table, ['2026-10'], 's3://laptop/costs/billing_period=2026-10/b/');
    expect(await rows('SELECT * FROM pointed')).toEqual([['2.0000000000', null, '2026-10-02', null, null, '2026-10']]);

    await trino.metastore.sync(table);
    const both = await trino.query('SELECT count(*) FROM pointed', { schema });
    expect(both.rows).toEqual([['2']]);
    expect(both.stats).toMatchObject({ files: 2, stages: 2 });
    expect(both.stats.physicalInputBytes).toBeGreaterThan(0);

    await trino.metastore.dropPartition(table, ['2026-10']);
    expect(await rows('SELECT * FROM pointed')).toEqual([]);
  });

  it("surfaces Trino's own words for a wrong statement", async () => {
    await expect(trino.query('SELECT nope FROM (VALUES 1) t(x)')).rejects.toThrow(
      "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved",
    );
  });
});

describe("Athena's double, by the AWS SDK, over the emulator's Glue and S3", () => {
  const s3 = () => new S3Client(emulator.client);
  const glue = () => new GlueClient(emulator.client);
  const partition = (at: string) => ({
    Values: ['2026-11'],
    StorageDescriptor: { Location: `s3://lake/marts/spend/billing_period=2026-11/${at}/` },
  });
  beforeAll(async () => {
    await s3().send(new CreateBucketCommand({ Bucket: 'lake' }));
    await glue().send(new CreateDatabaseCommand({ DatabaseInput: { Name: schema } }));
    await glue().send(createTable(costs));
    await glue().send(createTable(spend));
    const file = join(await mkdtemp(join(emulator.home, 'lake-')), 'x.parquet');
    await parquet(file, "(0.25, 1, '2026-11-01', null, 'opus'), (0.0000000001, 2, '2026-11-02', null, 'opus')");
    await s3().send(
      new PutObjectCommand({
        Bucket: 'lake',
        Key: 'facts/costs/billing_period=2026-11/x.parquet',
        Body: await readFile(file),
      }),
    );
    await glue().send(
      new BatchCreatePartitionCommand({
        DatabaseName: schema,
        TableName: 'costs',
        PartitionInputList: [
          { Values: ['2026-11'], StorageDescriptor: { Location: `${costs.location}billing_period=2026-11/` } },
        ],
      }),
    );
  });

  it('answers a SELECT with a row of headings, exact cells and nulls', async () => {
    expect(
      await athenaPages('SELECT billed_cost, due_at, ARRAY[1, 2] AS list FROM costs ORDER BY billed_cost'),
    ).toEqual([
      [
        ['billed_cost', 'due_at', 'list'],
        ['0.0000000001', undefined, '[1, 2]'],
        ['0.2500000000', undefined, '[1, 2]'],
      ],
    ]);
  });

  it('pages by a thousand rows with the headings on the first page only', async () => {
    const pages = await athenaPages('SELECT a.x FROM UNNEST(sequence(1, 2500)) AS a(x)');
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 501]);
    expect(pages[1]?.[0]).toEqual(['1000']);
  });

  it('unloads into the bucket, and a pointed partition shows it', async () => {
    const unload = (at: string, sql: string) =>
      athenaRun(
        `UNLOAD (\n${sql}\n)\nTO 's3://lake/marts/spend/billing_period=2026-11/${at}/'\nWITH (format = 'PARQUET', compression = 'ZSTD')`,
      );
    const made =
      "SELECT model, CAST(sum(billed_cost) AS decimal(28,10)) AS billed_cost FROM costs WHERE billing_period = '2026-11' GROUP BY model";
    expect((await unload('one', made))?.Status?.State).toBe('SUCCEEDED');
    const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: 'lake', Prefix: 'marts/' }));
    expect(Contents.map(({ Key }) => Key?.replace(/[^/]+$/, ''))).toEqual(['marts/spend/billing_period=2026-11/one/']);
    const first = await s3().send(new GetObjectCommand({ Bucket: 'lake', Key: Contents[0]?.Key ?? '' }));
    expect((await first.Body?.transformToByteArray())?.subarray(0, 4)).toEqual(new TextEncoder().encode('PAR1'));

    const of = { DatabaseName: schema, TableName: 'spend' };
    await glue().send(new BatchCreatePartitionCommand({ ...of, PartitionInputList: [partition('one')] }));
    expect(await athenaPages('SELECT model, billed_cost FROM spend')).toEqual([
      [
        ['model', 'billed_cost'],
        ['opus', '0.2500000001'],
      ],
    ]);

    await unload('two', "SELECT 'haiku' AS model, CAST(1 AS decimal(28,10)) AS billed_cost");
    await glue().send(
      new BatchUpdatePartitionCommand({
        ...of,
        Entries: [{ PartitionValueList: ['2026-11'], PartitionInput: partition('two') }],
      }),
    );
    expect(await athenaPages('SELECT model, billed_cost FROM spend')).toEqual([
      [
        ['model', 'billed_cost'],
        ['haiku', '1.0000000000'],
      ],
    ]);

    const again = await unload('two', 'SELECT 1 AS x');
    expect(again?.Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringMatching(/^HIVE_PATH_ALREADY_EXISTS/),
    });
    expect((await unload('none', "SELECT model FROM costs WHERE model = 'none'"))?.Status?.State).toBe('SUCCEEDED');
  });

  it('keeps a view, and tells why one fails', async () => {
    expect(
      (await athenaRun('CREATE OR REPLACE VIEW daily AS\n-- One row per day.\nSELECT day, billed_cost FROM costs'))
        ?.Status?.State,
    ).toBe('SUCCEEDED');
    expect(await athenaPages("SELECT day FROM daily WHERE day = DATE '2026-11-01'")).toEqual([
      [['day'], ['2026-11-01']],
    ]);
    const broken = await athenaRun('CREATE OR REPLACE VIEW broken AS SELECT nope FROM costs');
    expect(broken?.Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: "COLUMN_NOT_FOUND: line 1:41: Column 'nope' cannot be resolved",
      AthenaError: { ErrorCategory: 2, Retryable: false },
    });
  });

  it('stops a query', async () => {
    const client = sdk();
    const QueryString =
      'SELECT count(*) FROM UNNEST(sequence(1, 9999)) a(x), UNNEST(sequence(1, 9999)) b(y), UNNEST(sequence(1, 9999)) c(z)';
    const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand({ QueryString }));
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    expect((await finished(client, QueryExecutionId))?.Status?.State).toBe('CANCELLED');
  });

  it.each([
    ['a semicolon at the end', 'SELECT 1;', 'Only one sql statement is allowed'],
    ['a text beyond the limit', `SELECT '${'é'.repeat(131_100)}'`, 'length less than or equal to 262144'],
    ['recursion', 'WITH RECURSIVE t(n) AS (VALUES (1)) SELECT n FROM t', 'recursive'],
    ['a statement that the lake has no use for', 'INSERT INTO t SELECT 1', 'does not know'],
  ])('refuses %s', async (_what, QueryString, says) => {
    await expect(sdk().send(new StartQueryExecutionCommand({ QueryString }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(says),
    });
  });

  it('does not take words in a literal for a clause', () => {
    expect(readStatement("SELECT 'with recursive; -- no' AS x -- the end;")).toEqual({
      kind: 'plain',
      type: 'DML',
      sql: "SELECT 'with recursive; -- no' AS x",
    });
  });
});

describe('a lake of files on AWS', () => {
  const made = defineTable({
    name: 'made',
    grain: 'One row per model.',
    area: 'marts',
    partitioned: true,
    version: 1,
    sort: [],
    columns: { model: text('model'), billed_cost: decimal(28, 10, 'cost') },
  });
  const found: Table = { ...made, name: 'found', area: 'facts' };

  it('is found, unloaded, pointed and read by our own client code', async () => {
    const folder = await mkdtemp(join(emulator.home, 'lake-'));
    await mkdir(join(folder, 'facts/found/billing_period=2026-09'), { recursive: true });
    await parquet(join(folder, 'facts/found/billing_period=2026-09/x.parquet'), "(3, 1, null, null, 'opus')");
    const at = { folder, tables: [made, found], bucket: 'files', database: 'files' };
    const { warehouse, stop } = await lakeOnAws(trino, emulator, at);
    const read = (sql: string) => Array.fromAsync(warehouse.rows(sql));

    expect(await warehouse.partition('made', '2026-09')).toBeNull();
    const sql = 'select model, cast(billed_cost as decimal(28,10)) as billed_cost from found';
    await warehouse.unload(sql, 'marts/made/billing_period=2026-09/aa/1/');
    await warehouse.point('made', new Map([['2026-09', 'marts/made/billing_period=2026-09/aa/1/']]));
    await warehouse.view('seen', 'select * from made');
    expect(await read('select * from seen')).toEqual([
      { model: 'opus', billed_cost: '3.0000000000', billing_period: '2026-09' },
    ]);

    await warehouse.unload(
      "select 'haiku' as model, cast(1 as decimal(28,10)) as billed_cost",
      'marts/made/billing_period=2026-09/bb/1/',
    );
    await warehouse.point('made', new Map([['2026-09', 'marts/made/billing_period=2026-09/bb/1/']]));
    expect(await warehouse.partitions('made')).toEqual(
      new Map([['2026-09', 'marts/made/billing_period=2026-09/bb/1/']]),
    );
    expect(await read('select model from seen')).toEqual([{ model: 'haiku' }]);
    await expect(read('select nope from seen')).rejects.toThrow(
      "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved",
    );
    await stop();
  });
});
