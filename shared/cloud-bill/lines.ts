/** Words by which a line of any form is told apart from others of its day; each is a text or, `day`, a date. */
export const WORDS = [
  'billing_period',
  'day',
  'payer_account_id',
  'account_id',
  'biller',
  'service_code',
  'service_name',
  'region_id',
  'iam_principal',
  'team_tag',
  'principal_team_tag',
  'account_team_tag',
  'cost_center_tag',
  'billing_currency',
] as const;

/** Words of one line alone, which are gone where lines are added up. */
export const OWN_WORDS = [
  'charge_description',
  'usage_type',
  'operation',
  'resource_id',
  'invoice_id',
  'commitment_id',
] as const;

/** How one form of the bill is read, in SQL: row by row, and then what sums of rows come to. */
export interface Form {
  /** The rows that are money, as what follows `from`. */
  readonly rows: string;
  /** Texts of a row. */
  readonly words: Readonly<Record<(typeof WORDS)[number] | (typeof OWN_WORDS)[number], string>> & {
    readonly account_name: string;
    readonly pricing_unit: string;
  };
  /** Texts of a row that `charges` reads, under names of the form's own. */
  readonly kinds: Readonly<Record<string, string>>;
  /** How much was used, as a double; null: the line is no use. */
  readonly usage: string;
  /** Money of a row as doubles, under names of the form's own; each is rounded by itself and may then be added up. */
  readonly figures: Readonly<Record<string, string>>;
  /** Figures that a row may not be without. */
  readonly needed: readonly string[];
  /** Each column of `CHARGE`, of a row or of a sum of rows that are alike in words and kinds. */
  readonly charge: Readonly<Record<(typeof CHARGE)[number], string>>;
  /** What the rows are joined to for `charge`: a row may be more than one charge; empty: nothing. */
  readonly parts: string;
}

/** What a charge is, and what it costs. */
export const CHARGE = [
  'service_category',
  'service_subcategory',
  'charge_category',
  'charge_class',
  'charge_frequency',
  'line_type',
  'commitment_status',
  'list_cost',
  'contracted_cost',
  'billed_cost',
  'effective_cost',
  'unblended_cost',
  'amortised_cost',
  'upfront_fee_cost',
  'trueup_cost',
] as const;
