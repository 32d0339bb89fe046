import type { Platform } from '../platform.ts';
import { candidateOf } from '../tables/materialised.ts';
import type { BillingPeriod } from '../time.ts';

/** What a table sums up, and the input that must have the same sums. */
const SUMS: Readonly<
  Record<string, { readonly input: string; readonly columns: readonly (readonly [string, string])[] }>
> = {
  priced_usage: {
    input: 'stg_usage',
    columns: [
      ['quantity', 'quantity'],
      ['claimed_cost', 'claimed_cost'],
    ],
  },
  charges: { input: 'stg_costs', columns: [['billed_cost', 'billed_cost']] },
  allocated_cost: {
    input: 'charges',
    columns: [
      ['billed_cost', 'billed_cost'],
      ['allocated_cost', 'effective_cost'],
      ['quantity', 'quantity'],
    ],
  },
};

/**
 * Compares a month just made with what it was made of.
 * @throws Error with both sums when they differ
 */
export async function compareTotals(
  { warehouse }: Pick<Platform, 'warehouse'>,
  table: string,
  period: BillingPeriod,
): Promise<number> {
  const sums = SUMS[table];
  if (sums === undefined) throw new Error(`${table} has no input to be compared with`);
  const side = (name: string, columns: readonly string[]): string =>
    `select count(*) as row_count, ${columns.map((column, i) => `coalesce(cast(sum(${column}) as decimal(28,10)), 0) as sum_${i}`).join(', ')} from ${name} where billing_period = '${period}'`;
  const made = await only(
    warehouse.rows(
      side(
        candidateOf(table),
        sums.columns.map(([column]) => column),
      ),
    ),
  );
  const input = await only(
    warehouse.rows(
      side(
        sums.input,
        sums.columns.map(([, column]) => column),
      ),
    ),
  );
  for (const [i, [column]] of sums.columns.entries())
    if (made[`sum_${i}`] !== input[`sum_${i}`])
      throw new Error(
        `${table} of ${period} was made but not taken: its ${column} sums to ${made[`sum_${i}`]}, that of ${sums.input} to ${input[`sum_${i}`]}`,
      );
  return Number(made.row_count);
}

async function only(
  rows: AsyncIterable<Readonly<Record<string, string | null>>>,
): Promise<Readonly<Record<string, string | null>>> {
  for await (const row of rows) return row;
  throw new Error('an aggregate gave no row');
}
