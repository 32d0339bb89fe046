import type { QueryRow } from '../../../shared/platform.ts';
import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import type { Days } from '../period.ts';
import { between, different, is, isIfSet, literal, type Query, select, sum } from '../select.ts';

/** Basis of an amount, from surest to nobody's; `covered` holds no money and is in no picture. */
export const BASES = ['direct', 'derived', 'shared', 'unattributed'] as const;

/** Sums of `allocated_cost` in decimal text. */
export interface Figures {
  readonly total: string;
  readonly billed: string;
  readonly estimated: string;
  readonly basis: Readonly<Record<(typeof BASES)[number], string>>;
  /** Direct and derived together. */
  readonly sure: string;
  readonly people: number;
}

/** Days of a connection that are left out on both sides of a comparison. */
export interface LeftOut extends Days {
  readonly connection_id: string;
}

const sums = {
  total: sum('allocated_cost'),
  billed: sum('allocated_cost', is('status', 'billed')),
  estimated: sum('allocated_cost', is('status', 'estimated')),
  ...Object.fromEntries(BASES.map((basis) => [basis, sum('allocated_cost', is('basis', basis))])),
  sure: sum('allocated_cost', "basis in ('direct', 'derived')"),
  people: different('person_id'),
};

const figuresOf = (row: QueryRow | undefined): Figures => ({
  total: row?.total ?? '0',
  billed: row?.billed ?? '0',
  estimated: row?.estimated ?? '0',
  basis: {
    direct: row?.direct ?? '0',
    derived: row?.derived ?? '0',
    shared: row?.shared ?? '0',
    unattributed: row?.unattributed ?? '0',
  },
  sure: row?.sure ?? '0',
  people: Number(row?.people ?? 0),
});

/** The conditions of the filters on `allocated_cost` within some days. */
export function chosen(filters: Filters, lake: Lake, { from, to }: Days): (string | null)[] {
  return [
    between('day', from, to),
    is('billing_currency', lake.currency),
    isIfSet('team_id', filters.team),
    isIfSet('provider', filters.vendor),
    isIfSet('model', filters.model),
  ];
}

const leaving = (out: readonly LeftOut[]): string[] =>
  out.map(
    ({ connection_id, from, to }) => `not (connection_id = ${literal(connection_id)} and ${between('day', from, to)})`,
  );

/** Sums over the days chosen. */
export async function readFigures(
  query: Query,
  filters: Filters,
  lake: Lake,
  days: Days,
  out: readonly LeftOut[] = [],
): Promise<Figures> {
  const [row] = await query(
    select({ columns: sums, from: 'allocated_cost', where: [...chosen(filters, lake, days), ...leaving(out)] }),
  );
  return figuresOf(row);
}

/** The same sums by a column, its null as the empty text. */
export async function readFiguresBy(
  query: Query,
  column: string,
  filters: Filters,
  lake: Lake,
  days: Days,
  out: readonly LeftOut[] = [],
): Promise<Map<string, Figures>> {
  const rows = await query(
    select({
      columns: { key: column, ...sums },
      from: 'allocated_cost',
      where: [...chosen(filters, lake, days), ...leaving(out)],
      group: ['key'],
      order: ['total desc', 'key'],
    }),
  );
  return new Map(rows.map((row) => [row.key ?? '', figuresOf(row)]));
}
