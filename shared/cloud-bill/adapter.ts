import { aiKinds } from './ai-kinds.ts';
import { aiWords } from './bedrock.ts';
import { type Bill, billTable } from './bill.ts';
import { columnsOf } from './columns.ts';
import { curForm } from './cur.ts';
import { columns, reader } from './expressions.ts';
import { focusForm } from './focus.ts';
import { CHARGE, type Form } from './lines.ts';
import { GRAINS, type Grain, noBill, STAGED } from './output.ts';
import { categoryOf } from './services.ts';
import { COUNTED, keptOf, summed } from './summed.ts';

/**
 * The select that reads one form of the AWS bill, line by line or added up by day: the same columns and types whatever
 * the table has. A column that is not among `columnsPresent` (lower case) is null. Rows become charges once they are
 * added up: words are read and money is told apart as often as there are sums, not as often as there are lines.
 * @param table the table's name in SQL; it must have `billing_period`
 */
export function adapterSql(grain: Grain, bill: Bill, table: string, columnsPresent: ReadonlySet<string>): string {
  const of = reader(columnsPresent);
  const isFocus = bill.form === 'focus_1_0' || bill.form === 'focus_1_2';
  const form = isFocus ? focusForm(bill, table, of) : curForm(bill, table, of);
  const kept = keptOf(grain);
  const passed = Object.fromEntries([...kept, ...COUNTED].map((name) => [name, name]));
  const charges = `select\n${columns({ ...passed, ...form.charge })}\nfrom (\n${summed(grain, aiKinds(rowsOf(form)), form)}\n) as r\n${form.parts}`;
  const made: Readonly<Record<string, string>> = {
    form: `'${bill.form}'`,
    service_category: categoryOf(),
    service_subcategory: "case when ai_product is not null then 'Generative AI' else service_subcategory end",
  };
  const chosen = Object.keys(STAGED[grain]).map((name) => [name, made[name] ?? name] as const);
  return `select\n${columns(Object.fromEntries(chosen))}\nfrom (\n${aiWords(charges, [...kept, ...CHARGE])}\n) as ai_lines`;
}

/** Raw rows in the form's own texts and doubles. */
const rowsOf = ({ rows, words, kinds, usage, figures }: Form): string =>
  `select\n${columns({ ...words, ...kinds, usage_amount: usage, ...figures })}\nfrom ${rows}`;

/** The query `stg_cloud_bill` or `stg_cloud_bill_days` of these bills; without one, an empty relation of the same types. */
export const stagedBill = (grain: Grain, bills: readonly Bill[]): string =>
  bills.length === 0
    ? noBill(grain)
    : `${GRAINS[grain]}\n${bills
        .map((bill) =>
          adapterSql(grain, bill, billTable(bill), new Set(['billing_period', ...Object.keys(columnsOf(bill))])),
        )
        .join('\n\nunion all\n\n')}\n`;
