import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { adapterSql, stgCloudBill } from '../../../shared/cloud-bill/adapter.ts';
import { BILL_FORMS, billTable } from '../../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../../shared/cloud-bill/columns.ts';
import { STG_CLOUD_BILL } from '../../../shared/cloud-bill/output.ts';
import { queriesOf } from '../../../shared/queries.ts';
import { lint } from '../../queries/lint.ts';
import { adapted, billOf } from './bill-of.ts';

const DESCRIBED = 'select column_name, column_type from (describe stg_cloud_bill)';
const expected = Object.entries(STG_CLOUD_BILL).map(([column_name, type]) => ({
  column_name,
  column_type: type.toUpperCase(),
}));

describe.each(BILL_FORMS)('the adapter of %s', (form) => {
  it('gives the same columns and types, whatever the table has', async () => {
    expect(await adapted(form, [{}], DESCRIBED)).toEqual(expected);
  });

  it('gives them with every column there, too', async () => {
    const whole = Object.fromEntries(Object.keys(columnsOf(billOf(form))).map((name) => [name, null]));
    expect(await adapted(form, [whole], DESCRIBED)).toEqual(expected);
  });

  it('keeps to what both engines read alike', () => {
    const bill = billOf(form);
    const queries = queriesOf(new Map([['staging/stg_cloud_bill.sql', stgCloudBill([bill])]]), []);
    const query = queries.get('stg_cloud_bill');
    expect(query === undefined ? ['not there'] : lint(query, queries, [billTable(bill)])).toEqual([]);
  });
});

it('puts the bills of several payers one below the other', () => {
  const twice = stgCloudBill([billOf('cur2'), { ...billOf('focus_1_2'), account: '999988887777' }]);
  expect([...twice.matchAll(/from (aws_bill_\d+)/g)].map(([, table]) => table)).toEqual([
    'aws_bill_111122223333',
    'aws_bill_999988887777',
  ]);
});

it('without a bill is an empty relation, which stands among the queries', () => {
  expect(readFileSync('queries/staging/stg_cloud_bill.sql', 'utf8')).toBe(stgCloudBill([]));
  expect(loadQueries().get('stg_cloud_bill')?.reads).toEqual([]);
});

it('names only columns that are present', () => {
  const sql = adapterSql(billOf('cur2'), 'bill', new Set(['billing_period', 'line_item_usage_start_date']));
  expect(sql).not.toContain('line_item_net_unblended_cost');
});
