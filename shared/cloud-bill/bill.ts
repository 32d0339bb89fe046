/** The forms in which AWS delivers the bill of a payer account; each is the whole bill. */
export const BILL_FORMS = ['cur2', 'focus_1_0', 'focus_1_2', 'legacy'] as const;

/** A form of the bill. */
export type BillForm = (typeof BILL_FORMS)[number];

/** One payer account's bill: which form of it is read, and the tags that name a team and a cost centre. */
export interface Bill {
  /** The payer account, twelve digits: one form of its bill is read, never two. */
  readonly account: string;
  readonly form: BillForm;
  /** Keys of cost allocation tags as the bill writes them, without `user_` or `user:`. */
  readonly tags: { readonly team: string; readonly costCenter: string };
}

/** The external table that a bill is read from. */
export const billTable = ({ account }: Pick<Bill, 'account'>): string => `aws_bill_${account}`;

/** Whether a name is that of a bill's external table. */
export const isBillTable = (name: string): boolean => /^aws_bill_\d{12}$/.test(name);
