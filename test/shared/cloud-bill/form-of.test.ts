import { describe, expect, it } from 'vitest';
import { BILL_FORMS } from '../../../shared/cloud-bill/bill.ts';
import { columnsOf } from '../../../shared/cloud-bill/columns.ts';
import { formProblem } from '../../../shared/cloud-bill/form-of.ts';
import { billOf } from './bill-of.ts';

const cur = ['line_item_usage_start_date', 'line_item_line_item_type', 'line_item_unblended_cost'];

describe('the form of a bill', () => {
  it.each(BILL_FORMS)('is taken as said where every column of %s is there', (form) => {
    expect(formProblem({ form }, Object.keys(columnsOf(billOf(form))))).toBe(null);
  });

  it.each(['cur2', 'legacy'] as const)('is %s by few columns that speak for no other', (form) => {
    expect(formProblem({ form }, cur)).toBe(null);
  });

  it.each([
    ['cur2', 'legacy', 'looks like legacy, not cur2'],
    ['legacy', 'cur2', 'looks like cur2, not legacy'],
    ['focus_1_2', 'cur2', 'every bill in the form focus_1_2 has; it looks like cur2'],
    ['cur2', 'focus_1_0', 'every bill in the form cur2 has; it looks like focus_1_0'],
    ['legacy', 'focus_1_2', 'it looks like focus_1_2'],
  ] as const)('is refused as %s where the columns are those of %s', (form, other, says) => {
    expect(formProblem({ form }, Object.keys(columnsOf(billOf(other))))).toContain(says);
  });

  it('names the columns that are missing, and that no form is known', () => {
    expect(formProblem({ form: 'cur2' }, ['line_item_unblended_cost', 'note'])).toBe(
      'lacks line_item_usage_start_date, line_item_line_item_type, which every bill in the form cur2 has; it is in no form that is known here',
    );
  });
});
