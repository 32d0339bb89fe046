import { aiLines } from './bedrock.ts';
import { type Bill, billTable } from './bill.ts';
import { columnsOf } from './columns.ts';
import { curLines } from './cur.ts';
import { columns, money, reader } from './expressions.ts';
import { focusLines } from './focus.ts';
import { GRAIN, noBill, STG_CLOUD_BILL } from './output.ts';
import { categoryOf } from './services.ts';

/**
 * The select that reads one form of the AWS bill as `stg_cloud_bill`: the same columns and types whatever the table
 * has. A column that is not among `columnsPresent` (lower case) is null.
 * @param table the table's name in SQL; it must have `billing_period`
 */
export function adapterSql(bill: Bill, table: string, columnsPresent: ReadonlySet<string>): string {
  const of = reader(columnsPresent);
  const isFocus = bill.form === 'focus_1_0' || bill.form === 'focus_1_2';
  const lines = isFocus ? focusLines(bill, table, of) : curLines(bill, table, of);
  const made: Readonly<Record<string, string>> = {
    form: `'${bill.form}'`,
    service_category: categoryOf(),
    service_subcategory: "case when ai_product is not null then 'Generative AI' else service_subcategory end",
  };
  const chosen = Object.entries(STG_CLOUD_BILL).map(([name, type]) => {
    const value = made[name] ?? name;
    return [name, type === 'decimal(28,10)' ? money(value) : value] as const;
  });
  return `select\n${columns(Object.fromEntries(chosen))}\nfrom (\n${aiLines(lines)}\n) as ai_lines`;
}

/** The query `stg_cloud_bill` of these bills; without one, an empty relation of the same types. */
export const stgCloudBill = (bills: readonly Bill[]): string =>
  bills.length === 0
    ? noBill()
    : `${GRAIN}\n${bills
        .map((bill) => adapterSql(bill, billTable(bill), new Set(['billing_period', ...Object.keys(columnsOf(bill))])))
        .join('\n\nunion all\n\n')}\n`;
