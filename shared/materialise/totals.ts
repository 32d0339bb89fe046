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
  const side = (of: string, name: string, columns: readonly string[]): string =>
    `select '${of}' as side, count(*) as row_count, ${columns.map((column, i) => `coalesce(cast(sum(${column}) as decimal(28,10)), 0) as sum_${i}`).join(', ')} from ${name} where billing_period = '${period}'`;
  // Both in one: an engine that is paid by the query is asked once.
  const both = [
    side(
      'made',
      candidateOf(table),
      sums.columns.map(([column]) => column),
    ),
    side(
      'input',
      sums.input,
      sums.columns.map(([, column]) => column),
    ),
  ];
  const sides = new Map(
    (await Array.fromAsync(warehouse.rows(both.join(' union all ')))).map((row) => [row.side, row]),
  );
  const made = sides.get('made');
  const input = sides.get('input');
  if (made === undefined || input === undefined) throw new Error(`the sums of ${table} of ${period} gave no row`);
  for (const [i, [column]] of sums.columns.entries())
    if (made[`sum_${i}`] !== input[`sum_${i}`])
      throw new Error(
        `${table} of ${period} was made but not taken: its ${column} sums to ${made[`sum_${i}`]}, that of ${sums.input} to ${input[`sum_${i}`]}`,
      );
  return Number(made.row_count);
}
