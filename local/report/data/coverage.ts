import { type BillingPeriod, billingPeriodOf } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import { is, isIfSet, named, over, type Query, select, sum } from '../select.ts';

/** How much of what ledgers billed is explained by usage at list price. */
export interface Covered {
  readonly ledger: string;
  /** The part of it that usage at list price explains. */
  readonly explained: string;
  /** Ledger over list price; null where nothing is priced. */
  readonly factor: string | null;
  /** The part that is not explained. */
  readonly rest: string;
}

/** What keeps a part of a vendor's ledger from being explained; a null reason: usage at list is less than the bill. */
export interface Gap {
  readonly provider: string;
  readonly reason: string | null;
  readonly rest: string;
}

/** A model's line: null where the ledger names none; `reason` says what keeps it from being explained. */
export interface CoveredModel extends Covered {
  readonly provider: string;
  readonly model: string | null;
  readonly reason: string | null;
}

/** Coverage of a month. */
export interface Coverage {
  readonly month: BillingPeriod;
  readonly all: Covered;
  readonly vendors: readonly (Covered & { readonly provider: string })[];
  readonly models: readonly CoveredModel[];
  readonly gaps: readonly Gap[];
}

const EXPLAINED = 'cast(round(ledger_cost * explained_share, 10) as decimal(28,10))';
// The factor is told over list; so much was told where there is one.
const TOLD = 'cast(round(priced_cost * factor, 10) as decimal(28,10))';

const SUMS = {
  ledger: sum('ledger_cost'),
  explained: sum(EXPLAINED),
  rest: sum(`ledger_cost - ${EXPLAINED}`),
  factor: over(sum(TOLD, 'factor is not null'), sum('priced_cost', 'factor is not null')),
};

const coveredOf = (row: Readonly<Record<string, string | null>> | undefined): Covered => ({
  ledger: row?.ledger ?? '0',
  explained: row?.explained ?? '0',
  factor: row?.factor ?? null,
  rest: row?.rest ?? '0',
});

// Which of the groupings a row is of: a bit for each of provider, model and reason that it sums over.
const LEVEL = 'grouping(provider, model, reason)';
const [MODELS, GAPS, VENDORS, ALL] = ['0', '2', '3', '7'];

/** Reads the last month of the period, asked once: a ledger says little of a few days alone. */
export async function readCoverage(query: Query, filters: Filters, lake: Lake): Promise<Coverage> {
  const month = billingPeriodOf(filters.period.to);
  const rows = await query(
    select({
      columns: { ...named('provider', 'model', 'reason'), level: `cast(${LEVEL} as varchar)`, ...SUMS },
      from: 'price_coverage',
      where: [
        is('billing_period', month),
        is('billing_currency', lake.currency),
        isIfSet('provider', filters.vendor),
        isIfSet('model', filters.model),
      ],
      groupingSets: [['provider', 'model', 'reason'], ['provider', 'reason'], ['provider'], []],
      order: ['ledger desc', 'provider', 'model', 'reason'],
    }),
  );
  const of = (wanted: string | undefined) => rows.filter(({ level }) => level === wanted);
  return {
    month,
    all: coveredOf(of(ALL)[0]),
    vendors: of(VENDORS).map((row) => ({ ...coveredOf(row), provider: row.provider ?? '' })),
    models: of(MODELS).map((row) => ({
      ...coveredOf(row),
      provider: row.provider ?? '',
      model: row.model ?? null,
      reason: row.reason ?? null,
    })),
    gaps: of(GAPS)
      .map(({ provider, reason, rest }) => ({ provider: provider ?? '', reason: reason ?? null, rest: rest ?? '0' }))
      .toSorted((a, b) => Number(b.rest) - Number(a.rest)),
  };
}
