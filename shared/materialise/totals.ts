import type { Platform } from '../platform.ts';
import { candidateOf } from '../tables/materialised.ts';
import type { BillingPeriod } from '../time.ts';

/** A sum of a table just made, and the sum of what it is made of that must be the same. */
interface Sum {
  /** What is summed, in words of its column. */
  readonly name: string;
  readonly made: string;
  readonly input: string;
  readonly of: string;
}

const same = (column: string, input: string): Sum => ({ name: column, made: column, input, of: column });
/** A sum of doubles depends on their order; that of what they are rounded to does not. */
const rounded = (column: string): string => `cast(round(cast(${column} as double), 6) as decimal(28,10))`;
const copied = (column: string): Sum => ({
  name: column,
  made: rounded(column),
  input: 'focus_1_2',
  of: rounded(column),
});
const from = (origin: string, input: string, of: string): Sum => ({
  name: 'told_cost',
  made: `case when origin = '${origin}' then told_cost end`,
  input,
  of,
});

const SUMS: Readonly<Record<string, readonly Sum[]>> = {
  priced_usage: [same('quantity', 'stg_usage'), same('claimed_cost', 'stg_usage')],
  // Each origin by itself: what one lost another may not have gained.
  ledger_lines: [
    from('costs', 'stg_costs', 'billed_cost'),
    from('usage', 'stg_usage', "case when claim = 'billed' then claimed_cost end"),
    from('contracts', 'contract_lines', 'billed_cost'),
  ],
  charges: [
    same('billed_cost', 'ledger_lines'),
    {
      name: 'effective_cost',
      made: "case when status = 'billed' then effective_cost end",
      input: 'ledger_lines',
      of: 'effective_cost',
    },
  ],
  allocated_cost: [
    same('billed_cost', 'charges'),
    { name: 'allocated_cost', made: 'allocated_cost', input: 'charges', of: 'effective_cost' },
    same('quantity', 'charges'),
  ],
  cloud_bill_daily: [
    // One cost alone: the bill is read a second time for it.
    same('billed_cost', 'stg_cloud_bill'),
    { name: 'line_count', made: 'line_count', input: 'stg_cloud_bill', of: '1' },
  ],
  cid_focus: [
    copied('billedcost'),
    copied('effectivecost'),
    { name: 'row count', made: '1', input: 'focus_1_2', of: '1' },
  ],
  ai_and_cloud_cost: (
    [
      ['ledger', 'allocated_cost', 'allocated_cost'],
      ['aws_bill', 'cloud_bill_daily', 'effective_cost'],
    ] as const
  ).flatMap(([door, input, spent]): readonly Sum[] => [
    { name: 'billed_cost', made: `case when door = '${door}' then billed_cost end`, input, of: 'billed_cost' },
    { name: 'effective_cost', made: `case when door = '${door}' then effective_cost end`, input, of: spent },
  ]),
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
  const side = (name: string, expressions: readonly string[]): string =>
    `select '${name}' as side, count(*) as row_count, ${sums.map((_, i) => `coalesce(cast(sum(${expressions[i]}) as decimal(28,10)), 0) as sum_${i}`).join(', ')} from ${name} where billing_period = '${period}'`;
  const candidate = candidateOf(table);
  // All sides in one: an engine that is paid by the query is asked once.
  const sides = [
    side(
      candidate,
      sums.map((sum) => sum.made),
    ),
    ...[...new Set(sums.map(({ input }) => input))].map((input) =>
      side(
        input,
        sums.map((sum) => (sum.input === input ? sum.of : 'cast(null as decimal(28,10))')),
      ),
    ),
  ];
  const rows = await Array.fromAsync(warehouse.rows(sides.join(' union all ')));
  const told = new Map(rows.map((row) => [row.side, row]));
  const made = told.get(candidate);
  for (const [i, { name, input }] of sums.entries()) {
    const [ours, theirs] = [made?.[`sum_${i}`], told.get(input)?.[`sum_${i}`]];
    if (ours === undefined || theirs === undefined) throw new Error(`the sums of ${table} of ${period} gave no row`);
    if (ours !== theirs)
      throw new Error(
        `${table} of ${period} was made but not taken: its ${name} sums to ${ours}, that of ${input} to ${theirs}`,
      );
  }
  return Number(made?.row_count);
}
