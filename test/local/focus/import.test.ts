import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFocus } from '../../../local/focus/import.ts';
import { lakeOf, NOVEMBER } from '../../queries/lake.ts';
import { METER_ROWS } from '../../queries/rows.ts';
import { credit, csvOf, ROW } from '../../shared/focus/files.ts';

const take = (lake: Awaited<ReturnType<typeof lakeOf>>, path: string, accept = false) =>
  importFocus(lake.platform, lake.root, { files: [path], accept });

it('makes a line of the ledger of each row, and the same file twice is once', async () => {
  const lake = await lakeOf({ meters: METER_ROWS });
  const path = await csvOf([{ ...ROW, ChargeDescription: 'for mira@halden.example' }, credit('-12.5')]);
  const { told } = await take(lake, path);
  await take(lake, path);
  await lake.materialise(NOVEMBER);
  expect(told).toEqual(['bill.csv: 2 rows of FOCUS 1.2 taken in as import.azure-acct-7-359bcf1c']);
  expect(
    await lake.rows(
      'select day, source, provider, account_id, workspace_id, product, model, meter, quantity, charge_category, charge_description, billed_cost from costs order by billed_cost',
    ),
  ).toEqual([
    {
      ...{ day: '2026-11-24', source: 'focus_import', provider: 'Azure', account_id: 'acct-7', workspace_id: 'sub-1' },
      ...{ product: 'Azure OpenAI', model: 'gpt-5', meter: null, quantity: null, charge_category: 'Credit' },
      ...{ charge_description: 'Model API', billed_cost: '-12.5000000000' },
    },
    {
      ...{ day: '2026-11-24', source: 'focus_import', provider: 'Azure', account_id: 'acct-7', workspace_id: 'sub-1' },
      ...{ product: 'Azure OpenAI', model: 'gpt-5', meter: 'input_tokens', quantity: '1000000.000000' },
      ...{ charge_category: 'Usage', charge_description: 'for …', billed_cost: '3.2500000000' },
    },
  ]);
  expect(await lake.rows('select sum(billed_cost) as cost from allocated_cost')).toEqual([{ cost: '-9.2500000000' }]);
  expect(await lake.rows('select rule from focus_rules union all select rule from focus_rules_1_4')).toEqual([]);
});

it('lets a corrected file replace its month of that account, and nothing else', async () => {
  const lake = await lakeOf({});
  const day = { ChargePeriodStart: '2026-11-25T00:00:00Z', ChargePeriodEnd: '2026-11-26T00:00:00Z' };
  await take(lake, await csvOf([ROW, { ...ROW, ...day }, { ...ROW, BillingAccountId: 'acct-8' }]));
  const { told } = await take(lake, await csvOf([credit('7')]));
  expect(told).toEqual(['bill.csv: 1 row of FOCUS 1.2 taken in as import.azure-acct-7-359bcf1c']);
  expect(await lake.rows('select day, account_id, billed_cost from costs order by account_id')).toEqual([
    { day: '2026-11-24', account_id: 'acct-7', billed_cost: '7.0000000000' },
    { day: '2026-11-24', account_id: 'acct-8', billed_cost: '3.2500000000' },
  ]);
});

it('never adds currencies: one total each', async () => {
  const lake = await lakeOf({});
  const rows = [
    credit('500', { BillingCurrency: 'USD' }),
    credit('400', { BillingCurrency: 'EUR' }),
    credit('100000', { BillingCurrency: 'JPY' }),
  ];
  await take(lake, await csvOf(rows));
  await lake.materialise(NOVEMBER);
  expect(await lake.rows('select billing_currency, billed_cost from daily_cost order by billing_currency')).toEqual([
    { billing_currency: 'EUR', billed_cost: '400.0000000000' },
    { billing_currency: 'JPY', billed_cost: '100000.0000000000' },
    { billing_currency: 'USD', billed_cost: '500.0000000000' },
  ]);
});

it('keeps null, zero, empty and negative apart; exponents are numbers; a cost that is not told is no zero', async () => {
  const lake = await lakeOf({});
  const path = await csvOf(
    [
      credit('0.0'),
      credit('-12.5'),
      { ...ROW, ListUnitPrice: '325e-2', ListCost: '3.25' },
      credit('1.5', { BilledCost: null }),
      credit('1e-05', { InvoiceId: '' }),
    ].map((row) => ({ InvoiceId: null, ...row })),
  );
  await expect(take(lake, path)).rejects.toThrow(
    [
      `${path} breaks FOCUS 1.2; nothing of it was taken in (--accept-nonconformant takes what is unambiguous).`,
      '  row 4: BilledCost is empty (column may not be null)',
      '  row 5: InvoiceId no value is null, not an empty text',
      'By rule:',
      '  1 × BilledCost is empty (column may not be null)',
      '  1 × InvoiceId no value is null, not an empty text',
    ].join('\n'),
  );
  expect(await lake.rows('select * from costs')).toEqual([]);
  const { told } = await take(lake, path, true);
  expect(told[0]).toContain('row 4: BilledCost is empty (column may not be null)\n');
  expect(told[0]).toContain('row 5: InvoiceId no value is null, not an empty text; read as null');
  expect(told[0]).toContain('row 4 is left out');
  expect(await lake.rows('select billed_cost, invoice_id from costs order by billed_cost')).toEqual([
    { billed_cost: '-12.5000000000', invoice_id: null },
    { billed_cost: '0.0000000000', invoice_id: null },
    { billed_cost: '0.0000100000', invoice_id: null },
    { billed_cost: '3.2500000000', invoice_id: null },
  ]);
});

it('gives every day one type, whether its file told nulls, whole numbers or fractions', async () => {
  const lake = await lakeOf({});
  const on = (day: string, more: Record<string, string | null>) => ({
    ...{
      ...credit('1'),
      ChargePeriodStart: `2026-11-0${day}T00:00:00Z`,
      ChargePeriodEnd: `2026-11-0${Number(day) + 1}T00:00:00Z`,
    },
    ...more,
  });
  await take(lake, await csvOf([on('1', {}), on('2', { BilledCost: '2' }), on('3', { BilledCost: '0.5' })]));
  const types = await lake.rows(
    `select distinct typeof(billed_cost) as cost, typeof(quantity) as quantity from read_parquet('${lake.root}/facts/costs/*/*.parquet')`,
  );
  expect(types).toEqual([{ cost: 'DECIMAL(20,10)', quantity: 'DECIMAL(28,6)' }]);
  expect(await lake.rows('select sum(billed_cost) as cost from costs')).toEqual([{ cost: '3.5000000000' }]);
});

it('reads Parquet with floats, instants and maps as the same rows', async () => {
  const lake = await lakeOf({});
  const path = await csvOf([ROW]);
  const parquet = path.replace('.csv', '.parquet');
  await lake.rows(
    `copy (select * replace (cast(BilledCost as double) as BilledCost, cast(ChargePeriodStart as timestamp) as ChargePeriodStart, map(['x_ModelId'], ['gpt-5']) as SkuPriceDetails) from read_csv('${path}', all_varchar = true)) to '${parquet}'`,
  );
  await take(lake, parquet);
  expect(await lake.rows('select day, model, billed_cost from costs')).toEqual([
    { day: '2026-11-24', model: 'gpt-5', billed_cost: '3.2500000000' },
  ]);
});

it('goes on with the others when a file of import/ is refused, and tries it again once it is mended', async () => {
  const lake = await lakeOf({});
  const folder = join(lake.root, 'import');
  const broken = join(folder, 'a.csv');
  await mkdir(folder);
  await cp(await csvOf([{ ...ROW, BilledCost: 'three' }]), broken);
  await cp(await csvOf([{ ...ROW, BillingAccountId: 'acct-8' }]), join(folder, 'b.csv'));
  const run = () => importFocus(lake.platform, lake.root, { files: [], accept: false });
  expect(await run()).toEqual({
    days: new Set(['2026-11-24']),
    told: [expect.stringContaining('b.csv: 1 row of FOCUS 1.2 taken in')],
    refused: [expect.stringContaining('a.csv breaks FOCUS 1.2; nothing of it was taken in')],
  });
  await cp(await csvOf([ROW]), broken);
  expect(await run()).toEqual({
    days: new Set(['2026-11-24']),
    told: [expect.stringContaining('a.csv: 1 row of FOCUS 1.2 taken in')],
    refused: [],
  });
});
