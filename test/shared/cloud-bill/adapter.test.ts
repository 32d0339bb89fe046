import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { adapterSql, stagedBill } from '../../../shared/cloud-bill/adapter.ts';
import { BILL_FORMS, billTable } from '../../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../../shared/cloud-bill/columns.ts';
import { STAGED } from '../../../shared/cloud-bill/output.ts';
import { queriesOf } from '../../../shared/queries.ts';
import { lint } from '../../queries/lint.ts';
import { adapted, billOf } from './bill-of.ts';

const VIEWS = [
  ['lines', 'stg_cloud_bill'],
  ['days', 'stg_cloud_bill_days'],
] as const;

describe.each(BILL_FORMS.flatMap((form) => VIEWS.map(([grain, view]) => ({ form, grain, view }))))(
  'the adapter of $form as $grain',
  ({ form, grain, view }) => {
    const described = `select column_name, column_type from (describe ${view})`;
    const expected = Object.entries(STAGED[grain]).map(([column_name, type]) => ({
      column_name,
      column_type: type.toUpperCase(),
    }));

    it('gives the same columns and types, whatever the table has', async () => {
      expect(await adapted(form, [{}], described)).toEqual(expected);
    });

    it('gives them with every column there, too', async () => {
      const whole = Object.fromEntries(Object.keys(columnsOf(billOf(form))).map((name) => [name, null]));
      expect(await adapted(form, [whole], described)).toEqual(expected);
    });

    it('keeps to what both engines read alike', () => {
      const bill = billOf(form);
      const queries = queriesOf(new Map([[`staging/${view}.sql`, stagedBill(grain, [bill])]]), []);
      const query = queries.get(view);
      expect(query === undefined ? ['not there'] : lint(query, queries, [billTable(bill)])).toEqual([]);
    });
  },
);

it.each(VIEWS)('puts the bills of several payers one below the other, as %s', (grain) => {
  const twice = stagedBill(grain, [billOf('cur2'), { ...billOf('focus_1_2'), account: '999988887777' }]);
  expect([...twice.matchAll(/from (aws_bill_\d+)/g)].map(([, table]) => table)).toEqual([
    'aws_bill_111122223333',
    'aws_bill_999988887777',
  ]);
});

it.each(VIEWS)('without a bill is an empty relation, which stands among the queries, as %s', (grain, view) => {
  expect(readFileSync(`queries/staging/${view}.sql`, 'utf8')).toBe(stagedBill(grain, []));
  expect(loadQueries().get(view)?.reads).toEqual([]);
});

it('names only columns that are present', () => {
  const sql = adapterSql('lines', billOf('cur2'), 'bill', new Set(['billing_period', 'line_item_usage_start_date']));
  expect(sql).not.toContain('line_item_net_unblended_cost');
});
