import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../../../local/export.ts';
import { type Export, exportCid, exportFocus } from '../../../local/focus/export.ts';
import { openWarehouse } from '../../../local/platform/warehouse.ts';
import { loadQueries } from '../../../local/queries.ts';
import { createViews } from '../../../local/views.ts';
import { lakeOf, NOVEMBER } from '../../queries/lake.ts';
import { METER_ROWS } from '../../queries/rows.ts';

/** A lake with a line whose words need quotes, and a credit; and its views. */
async function billed() {
  const { root } = await lakeOf({
    meters: METER_ROWS,
    costs: [
      {
        ...{
          charge_description: 'Sonnet, "fast"\nrow',
          billed_cost: '3.25',
          list_cost: '3.25',
          contracted_cost: '3.25',
        },
        ...{
          effective_cost: '3.25',
          quantity: '1000000',
          credential_id: 'key',
          model: 'sonnet',
          meter: 'input_tokens',
        },
      },
      {
        ...{ charge_description: 'Goodwill', charge_category: 'Credit', charge_frequency: 'One-Time' },
        ...{ billed_cost: '-12.5', effective_cost: '-12.5', list_cost: null, contracted_cost: null },
        ...{ credential_id: 'key', model: null, meter: null, quantity: null },
      },
    ],
  });
  const warehouse = await openWarehouse(root);
  await createViews(warehouse, loadQueries());
  const wanted: Export = {
    ...{ lake: root, version: '1.4', month: NOVEMBER, format: 'csv', out: join(root, 'out') },
    now: Date.UTC(2026, 11, 1),
  };
  return { root, warehouse, wanted };
}

it('says where it cannot write', async () => {
  const { warehouse, wanted } = await billed();
  const out = join(wanted.lake, 'lake.json', 'out');
  await writeFile(join(wanted.lake, 'lake.json'), '');
  await expect(exportFocus({ warehouse }, { ...wanted, out })).rejects.toThrow(
    `Nothing was exported, as the folder ${out} cannot be made: a file stands where a folder should. Name another with --out DIR.`,
  );
});

it('writes CSV as RFC 4180 and FOCUS have it: quotes doubled, null empty, instants with a Z, JSON as text, minus kept', async () => {
  const { warehouse, wanted } = await billed();
  const { data, rowCount } = await exportFocus({ warehouse }, wanted);
  const text = await readFile(data, 'utf8');
  const head = text.slice(0, text.indexOf('\r\n')).split(',');
  expect([rowCount, head.length, head[0], head.at(-1)]).toEqual([2, 72, 'AllocatedMethodDetails', 'x_Status']);
  const read = await Array.fromAsync(
    warehouse.rows(
      `select BilledCost, ChargeCategory, ChargeDescription, ChargePeriodStart, ConsumedQuantity, SkuPriceDetails, Tags from read_csv('${data}', all_varchar = true) order by ChargeCategory`,
    ),
  );
  expect(read).toEqual([
    {
      ...{ BilledCost: '-12.5000000000', ChargeCategory: 'Credit', ChargeDescription: 'Goodwill' },
      ...{ ChargePeriodStart: '2026-11-24T00:00:00Z', ConsumedQuantity: null, SkuPriceDetails: null, Tags: null },
    },
    {
      ...{ BilledCost: '3.2500000000', ChargeCategory: 'Usage', ChargeDescription: 'Sonnet, "fast"\nrow' },
      ...{ ChargePeriodStart: '2026-11-24T00:00:00Z', ConsumedQuantity: '1000000.000000', Tags: null },
      SkuPriceDetails:
        '{"x_ModelDeveloper":"Anthropic","x_ModelId":"sonnet","x_TokenDirection":"Input","x_TokenCacheAction":"Uncached"}',
    },
  ]);
  warehouse.close();
});

it('writes Parquet with exact decimals, instants and maps, and tells every column in the metadata', async () => {
  const { root, warehouse, wanted } = await billed();
  const done = await exportFocus({ warehouse }, { ...wanted, version: '1.2', format: 'parquet' });
  const columns = await Array.fromAsync(
    warehouse.rows(
      `select column_name, column_type from (describe select * from '${done.data}') where column_name in ('BilledCost', 'ChargePeriodStart', 'Tags', 'ProviderName')`,
    ),
  );
  expect(columns).toEqual([
    { column_name: 'BilledCost', column_type: 'DECIMAL(28,10)' },
    { column_name: 'ChargePeriodStart', column_type: 'TIMESTAMP' },
    { column_name: 'ProviderName', column_type: 'VARCHAR' },
    { column_name: 'Tags', column_type: 'MAP(VARCHAR, VARCHAR)' },
  ]);
  const metadata: unknown = JSON.parse(await readFile(done.metadata, 'utf8'));
  expect(metadata).toMatchObject({
    Schema: { FocusVersion: '1.2', CreationDate: '2026-12-01T00:00:00.000Z' },
    x_RowCount: 2,
  });
  expect(metadata).toHaveProperty('Schema.ColumnDefinition.1', {
    ...{ ColumnName: 'BilledCost', DataType: 'DECIMAL', NumericPrecision: 28, NumberScale: 10 },
  });
  expect((await readdir(join(root, 'out'))).toSorted()).toEqual([
    'focus-1.2-2026-11.metadata.json',
    'focus-1.2-2026-11.parquet',
  ]);
  warehouse.close();
});

it('lays a month out for Cloud Intelligence Dashboards: doubles, under its partition, and nothing beside it', async () => {
  const { root, warehouse, wanted } = await billed();
  const { data, rowCount } = await exportCid({ warehouse, queries: loadQueries() }, wanted);
  expect([rowCount, await readdir(join(root, 'out'), { recursive: true })]).toEqual([
    2,
    ['cid_focus', 'cid_focus/billing_period=2026-11', 'cid_focus/billing_period=2026-11/data.parquet'],
  ]);
  const columns = await Array.fromAsync(
    warehouse.rows(
      `select name, type, coalesce(converted_type, logical_type) as kind from parquet_schema('${data}') where name in ('billedcost', 'chargeperiodstart', 'tags')`,
    ),
  );
  expect(columns).toEqual([
    { name: 'billedcost', type: 'DOUBLE', kind: null },
    {
      ...{ name: 'chargeperiodstart', type: 'INT64' },
      kind: 'TIMESTAMP_MILLIS',
    },
    { name: 'tags', type: null, kind: 'MAP' },
  ]);
  warehouse.close();
});

it('says which months there are when the asked one has nothing, and writes nothing', async () => {
  const { root, warehouse, wanted } = await billed();
  await expect(exportFocus({ warehouse }, { ...wanted, month: '2025-01' })).rejects.toThrow(
    'has no billed charge in 2025-01, so nothing was written; it has 2026-11.',
  );
  expect(await readdir(root)).not.toContain('out');
  warehouse.close();
});

it.each([
  [['--month', '2026-11'], 'say what leaves the lake'],
  [['focus', '--month', 'November'], '--month November: must be a month'],
  [['focus'], '--month is missing'],
  [['focus', '--month', '2026-11', '--version', '1.3'], '--version 1.3: must be 1.2 or 1.4.'],
  [['focus', '--month', '2026-11', '--format', 'xlsx'], '--format xlsx: must be csv or parquet.'],
])('refuses %j in a sentence', async (args, says) => {
  await expect(main(args)).rejects.toThrow(says);
});
