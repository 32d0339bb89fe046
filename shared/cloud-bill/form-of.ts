import type { Bill, BillForm } from './bill.ts';
import { columnsOf } from './columns.ts';

/** Columns without which a line has no day, account or money. */
const CUR_NEEDS = ['line_item_usage_start_date', 'line_item_line_item_type', 'line_item_unblended_cost'];
const FOCUS_NEEDS = ['chargeperiodstart', 'chargecategory', 'billedcost', 'effectivecost'];

const NEEDS: Readonly<Record<BillForm, readonly string[]>> = {
  cur2: CUR_NEEDS,
  legacy: CUR_NEEDS,
  focus_1_0: FOCUS_NEEDS,
  focus_1_2: FOCUS_NEEDS,
};

const bare = (form: BillForm): readonly string[] =>
  Object.keys(columnsOf({ account: '', form, tags: { team: 'team', costCenter: 'cost_center' } }));

/** Columns that one form has and no other of its family; legacy writes a column a tag, under names of the company's own. */
const SIGNS: Readonly<Record<BillForm, (column: string) => boolean>> = {
  cur2: (column) => bare('cur2').includes(column) && !bare('legacy').includes(column),
  legacy: (column) =>
    column.startsWith('resource_tags_user_') || (bare('legacy').includes(column) && !bare('cur2').includes(column)),
  focus_1_0: () => false,
  focus_1_2: (column) => bare('focus_1_2').includes(column) && !bare('focus_1_0').includes(column),
};

/** The form that a bill with these columns (lower case) looks to be in; null: in none. */
function looksLike(columns: readonly string[]): BillForm | null {
  const has = (form: BillForm): boolean => NEEDS[form].every((name) => columns.includes(name));
  if (has('focus_1_2')) return columns.some(SIGNS.focus_1_2) ? 'focus_1_2' : 'focus_1_0';
  if (!has('cur2')) return null;
  return columns.some(SIGNS.cur2) || !columns.some(SIGNS.legacy) ? 'cur2' : 'legacy';
}

/** What is wrong with columns (lower case) for the form that a bill is said to be in, as the end of a sentence; null: nothing. */
export function formProblem({ form }: Pick<Bill, 'form'>, columns: readonly string[]): string | null {
  const missing = NEEDS[form].filter((name) => !columns.includes(name));
  const found = looksLike(columns);
  if (missing.length > 0)
    return `lacks ${missing.join(', ')}, which every bill in the form ${form} has; ${found === null ? 'it is in no form that is known here' : `it looks like ${found}`}`;
  // An export may select few columns: it is refused only where it speaks for another form and not at all for its own.
  const isOther = found !== null && found !== form && columns.some(SIGNS[found]) && !columns.some(SIGNS[form]);
  return isOther && !form.startsWith('focus') ? `looks like ${found}, not ${form}` : null;
}
