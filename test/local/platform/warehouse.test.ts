import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codec } from '../../../functions/lib/codec.ts';
import { type LakeWarehouse, openWarehouse } from '../../../local/platform/warehouse.ts';
import { bytesIn } from '../../../shared/bytes.ts';
import type { Table } from '../../../shared/table.ts';
import { costs, usage } from '../../../shared/tables/index.ts';
import types from '../../fixtures/cases/a-columns-type-does-not-depend-on-the-day.json' with { type: 'json' };
import { filled } from '../../queries/rows.ts';

let root: string;
let warehouse: LakeWarehouse;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'warehouse-'));
  warehouse = await openWarehouse(root);
});
afterEach(async () => {
  warehouse.close();
  await rm(root, { recursive: true, force: true });
});

const rows = (sql: string) => Array.fromAsync(warehouse.rows(sql));
const put = async (path: string, content: Uint8Array | string) => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), content);
};
const usageOf = (day: string, quantity: string) =>
  bytesIn(codec.writeParquet(usage, [filled(usage, { day, meter: 'input_tokens', quantity })]));

describe('a lake as a warehouse', () => {
  it('reads a table that has no file yet as empty', async () => {
    expect(await rows('select count(*) as n, sum(quantity) as quantity from usage')).toEqual([
      { n: '0', quantity: null },
    ]);
  });

  it('sees files as they come, and the month in their path', async () => {
    await rows('select * from usage');
    await put('facts/usage/billing_period=2026-10/a.main.2026-10-31.parquet', await usageOf('2026-10-31', '1.5'));
    await put('facts/usage/billing_period=2026-11/a.main.2026-11-01.parquet', await usageOf('2026-11-01', '2'));
    expect(await rows('select billing_period, day, quantity from usage order by day')).toEqual([
      { billing_period: '2026-10', day: '2026-10-31', quantity: '1.500000' },
      { billing_period: '2026-11', day: '2026-11-01', quantity: '2.000000' },
    ]);
  });

  it.each([
    ['held in memory', 1_000_000],
    ['read where it stands', 0],
  ])('sees a file that is replaced at once: a table %s', async (_how, held) => {
    const other = await openWarehouse(root, held);
    const path = 'facts/usage/billing_period=2026-11/a.main.2026-11-01.parquet';
    const seen: unknown[] = [];
    for (const quantity of ['1', '2', '3']) {
      await put(`${path}.part`, await usageOf('2026-11-01', quantity));
      await rename(join(root, `${path}.part`), join(root, path));
      seen.push(...(await Array.fromAsync(other.rows('select quantity from usage'))));
    }
    other.close();
    expect(seen).toEqual([{ quantity: '1.000000' }, { quantity: '2.000000' }, { quantity: '3.000000' }]);
  });

  it.each([
    ['held in memory', 1_000_000],
    ['read where it stands', 0],
  ])(
    'reads a column that an older file lacks as null, alone and beside a newer one: a table %s',
    async (_how, held) => {
      const { invoice_id: _, ...fewer } = costs.columns;
      const older = { ...costs, version: costs.version - 1, columns: fewer };
      const file = (table: Table, day: string) =>
        bytesIn(codec.writeParquet(table, [filled(costs, { day, billed_cost: '1', invoice_id: 'in-1' })]));
      const other = await openWarehouse(root, held);
      const seen: unknown[] = [];
      await put('facts/costs/billing_period=2026-11/a.main.2026-11-01.parquet', await file(older, '2026-11-01'));
      seen.push(...(await Array.fromAsync(other.rows('select day, invoice_id from costs'))));
      await put('facts/costs/billing_period=2026-11/a.main.2026-11-02.parquet', await file(costs, '2026-11-02'));
      seen.push(...(await Array.fromAsync(other.rows('select day, invoice_id from costs order by day'))));
      other.close();
      expect(seen).toEqual([
        { day: '2026-11-01', invoice_id: null },
        { day: '2026-11-01', invoice_id: null },
        { day: '2026-11-02', invoice_id: 'in-1' },
      ]);
    },
  );

  it('has columns of one type whatever a day holds: nulls, whole numbers, or none of either', async () => {
    const text = (value: number | string | null) => (value === null ? null : String(value));
    for (const [day, rowsOfDay] of Object.entries(types.given.days)) {
      const told = rowsOfDay.map(({ quantity, billed_usd }) =>
        filled(costs, { day, billed_cost: '0', quantity: text(quantity), list_cost: billed_usd }),
      );
      await put(
        `facts/costs/billing_period=2026-11/a.main.${day}.parquet`,
        await bytesIn(codec.writeParquet(costs, told)),
      );
    }
    await put(
      'facts/costs/billing_period=2026-11/a.main.2026-11-04.parquet',
      await bytesIn(codec.writeParquet(costs, [])),
    );
    const { sum_billed_usd, rows: count, types_per_day } = types.expect.values;
    const seen = await rows(
      `select file_name[-18:-9] as day, logical_type as type from parquet_schema('${root}/facts/costs/*/*.parquet')
       where name = 'list_cost' order by 1`,
    );
    const decimal = 'DecimalType(scale=10, precision=20)';
    expect(types_per_day).toEqual(types_per_day.map(() => 'decimal(20,10)'));
    expect(seen).toEqual(
      ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map((day) => ({ day, type: decimal })),
    );
    expect(await rows('select cast(sum(list_cost) as decimal(28,1)) as total, count(*) as rows from costs')).toEqual([
      { total: sum_billed_usd, rows: String(count) },
    ]);
  });

  it('writes cells as Athena does', async () => {
    expect(
      await rows(
        "select cast('0.10' as decimal(20,10)) as cost, date '2026-11-24' as day, timestamp '2026-11-24 06:00:00' as at, timestamp '2026-11-24 06:00:00.120' as later_at, true as yes, 9007199254740993 as big, cast(null as varchar) as nothing",
      ),
    ).toEqual([
      {
        cost: '0.1000000000',
        day: '2026-11-24',
        at: '2026-11-24 06:00:00.000',
        later_at: '2026-11-24 06:00:00.120',
        yes: 'true',
        big: '9007199254740993',
        nothing: null,
      },
    ]);
  });

  it('points a month at files, and elsewhere, for readers who are there already', async () => {
    const one =
      "select day, billed_cost from (values (date '2026-11-24', cast('1' as decimal(28,10)))) as t(day, billed_cost)";
    await warehouse.unload(one, 'marts/charges/billing_period=2026-11/a/1/');
    await warehouse.unload(one.replace("'1'", "'2'"), 'marts/charges/billing_period=2026-11/b/2/');
    await warehouse.point('charges', new Map([['2026-11', 'marts/charges/billing_period=2026-11/a/1/']]));
    expect(await rows('select billing_period, billed_cost from charges')).toEqual([
      { billing_period: '2026-11', billed_cost: '1.0000000000' },
    ]);
    await warehouse.point('charges', new Map([['2026-11', 'marts/charges/billing_period=2026-11/b/2/']]));
    expect(await rows('select billed_cost from charges')).toEqual([{ billed_cost: '2.0000000000' }]);
    expect(await warehouse.partition('charges', '2026-11')).toBe('marts/charges/billing_period=2026-11/b/2/');
    expect(await warehouse.partition('charges', '2026-12')).toBeNull();
    expect(JSON.parse(await readFile(join(root, 'marts/charges/_pointers.json'), 'utf8'))).toEqual({
      '2026-11': 'marts/charges/billing_period=2026-11/b/2/',
    });
  });

  it('unloads rows in the order that is asked for', async () => {
    const sql = "with n as (select * from (values (2, 'b'), (1, null), (1, 'a')) as v(number, word)) select * from n";
    await warehouse.unload(sql, 'marts/x/', ['number', 'word']);
    expect(await rows(`select word from '${join(root, 'marts/x/*.parquet')}'`)).toEqual([
      { word: 'a' },
      { word: null },
      { word: 'b' },
    ]);
  });

  it('unloads into an empty prefix only', async () => {
    await warehouse.unload('select 1 as n', 'marts/x/');
    await expect(warehouse.unload('select 1 as n', 'marts/x/')).rejects.toThrow('something stands there');
  });

  it.each([
    ['a sum of whole numbers, which becomes a double', 'select sum(n) as n from (values (1), (2)) as t(n)'],
    ['an instant in microseconds', "select timestamp '2026-11-24 06:00:00' as n"],
    ['a double', 'select cast(1 as double) as n'],
  ])('refuses to unload %s', async (_what, sql) => {
    await expect(warehouse.unload(sql, 'marts/x/')).rejects.toThrow(/cannot unload n: .* is no type of the lake/);
  });

  it('names the file that is no Parquet, and what to do', async () => {
    await put('facts/usage/billing_period=2026-11/a.main.2026-11-24.parquet', 'no parquet at all');
    await expect(rows('select * from usage')).rejects.toThrow(
      'facts/usage/billing_period=2026-11/a.main.2026-11-24.parquet in the lake cannot be read as Parquet: remove the file and collect that day again',
    );
  });

  it('names the file that was cut off', async () => {
    const whole = await usageOf('2026-11-24', '1');
    await put('facts/usage/billing_period=2026-11/a.main.2026-11-24.parquet', whole.subarray(0, whole.length - 40));
    await expect(rows('select * from usage')).rejects.toThrow('a.main.2026-11-24.parquet in the lake cannot be read');
  });

  it('keeps the words of the engine for other mistakes', async () => {
    await expect(rows('select nothing from usage')).rejects.toThrow('"nothing" not found');
  });

  it("keeps a column's type on days without a value, and through a day with no file", async () => {
    const day = (date: string, list: (string | null)[]) =>
      bytesIn(
        codec.writeParquet(
          costs,
          list.map((list_cost) => filled(costs, { day: date, list_cost, billed_cost: '0' })),
        ),
      );
    await put('facts/costs/billing_period=2026-11/a.main.2026-11-01.parquet', await day('2026-11-01', [null]));
    await put('facts/costs/billing_period=2026-11/a.main.2026-11-02.parquet', await day('2026-11-02', ['1', '2']));
    await put('facts/costs/billing_period=2026-11/a.main.2026-11-03.parquet', await day('2026-11-03', ['0.5']));
    expect(
      await rows('select sum(list_cost) as cost, count(*) as n, typeof(max(list_cost)) as type from costs'),
    ).toEqual([{ cost: '3.5000000000', n: '4', type: 'DECIMAL(20,10)' }]);
  });
});
