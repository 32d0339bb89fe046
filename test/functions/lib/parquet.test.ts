import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { codec } from '../../../functions/lib/codec.ts';
import { bytesIn } from '../../../shared/bytes.ts';
import {
  type AnyRow,
  date,
  decimal,
  defineTable,
  flag,
  money,
  nullable,
  quantity,
  text,
  timestamp,
  whole,
} from '../../../shared/table.ts';

const table = defineTable({
  name: 'sample',
  grain: 'One row per case.',
  area: 'facts',
  partitioned: false,
  version: 3,
  sort: ['id'],
  columns: {
    id: text('id'),
    day: date('day'),
    told_at: nullable(timestamp('told')),
    small: nullable(decimal(9, 2, 'small')),
    middle: nullable(decimal(18, 4, 'middle')),
    cost: nullable(money('cost')),
    amount: nullable(quantity('amount')),
    huge: nullable(decimal(38, 10, 'huge')),
    count: nullable(whole('count')),
    is_it: nullable(flag('flag')),
  },
});

const rows = [
  {
    id: 'a',
    day: '2026-11-24',
    told_at: '2026-11-24T23:59:59.999Z',
    small: '1.15',
    middle: '-0.0001',
    cost: '0.0000000001',
    amount: '19.990000',
    huge: '9999999999999999999999999999.9999999999',
    count: 9007199254740991,
    is_it: true,
  },
  {
    id: 'Équipe 🚀',
    day: '1969-12-31',
    told_at: '1969-12-31T00:00:00.001Z',
    small: '-0.29',
    middle: '4.3500',
    cost: '-9999999999.9999999999',
    amount: '-0.000001',
    huge: '-0.0000000001',
    count: -1,
    is_it: false,
  },
  {
    id: 'nothing',
    day: '2026-01-01',
    told_at: null,
    small: null,
    middle: null,
    cost: null,
    amount: null,
    huge: null,
    count: null,
    is_it: null,
  },
];

const written = (of: Iterable<AnyRow>): Promise<Uint8Array> => bytesIn(codec.writeParquet(table, of));

async function duckdb(file: Uint8Array): Promise<unknown[]> {
  const path = join(await mkdtemp(join(tmpdir(), 'parquet-')), 'file.parquet');
  await writeFile(path, file);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = Object.keys(table.columns).map((name) => `cast(${name} as varchar) as ${name}`);
  const result = await connection.runAndReadAll(`select ${columns.join(', ')} from read_parquet('${path}')`);
  return result.getRowObjects();
}

describe('writeParquet', () => {
  it('keeps every value exactly, as another reader sees it', async () => {
    expect(await duckdb(await written(rows))).toEqual([
      { ...rows[0], told_at: '2026-11-24 23:59:59.999', count: '9007199254740991', is_it: 'true' },
      { ...rows[1], told_at: '1969-12-31 00:00:00.001', count: '-1', is_it: 'false' },
      rows[2],
    ]);
  });

  it('reads back what it wrote', async () => {
    const file = await written(rows);
    expect(
      await codec.readParquet(
        table,
        (async function* () {
          yield file;
        })(),
      ),
    ).toEqual(rows);
  });

  it('gives the same bytes for the same rows', async () => {
    expect(Buffer.from(await written(rows)).equals(Buffer.from(await written(rows)))).toBe(true);
  });

  it('keeps the types of a file without rows', async () => {
    expect(await duckdb(await written([]))).toEqual([]);
  });

  it('cuts row groups by row count, and loses no row on the border', async () => {
    const many = Array.from({ length: 40_001 }, (_, i) => ({ ...rows[0], id: `r${i}` }));
    expect(await duckdb(await written(many))).toHaveLength(40_001);
  });

  it.each([
    ['small', '12345678.00', 'sample.small cannot hold a value'],
    ['cost', '99999999999', 'sample.cost cannot hold a value'],
    ['cost', '0.00000000001', 'more than 10 decimal places'],
    ['cost', 'many', "'many' is not a decimal number"],
    ['id', null, 'sample.id is null'],
  ])('refuses %s = %s and says so', async (column, value, message) => {
    await expect(written([{ ...rows[0], [column]: value }])).rejects.toThrow(message);
  });
});
