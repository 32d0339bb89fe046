import type { Filters } from '../address.ts';
import { isIfSet, literal, named, type Query, select } from '../select.ts';

/** A contract with money owed or paid ahead, in the currency it is in. */
export interface Contract {
  readonly id: string;
  readonly provider: string;
  readonly product: string | null;
  readonly kind: string;
  readonly owner: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly used: string;
  readonly share: number | null;
  readonly left: string;
  readonly termFrom: string;
  readonly termTo: string;
  readonly runOutOn: string | null;
  readonly state: string;
}

/** Whether it does not last its term: it ends early, has ended, or more than it is used. */
export const isEnding = ({ state }: Contract): boolean => ['runs_out', 'used_up', 'exceeded'].includes(state);

/** A balance that a vendor tells and no contract names, and that will not last. */
export interface LooseBalance {
  readonly connection: string;
  readonly says: string;
  readonly next: string;
}

const COLUMNS = named(
  'contract_id',
  'provider',
  'product',
  'kind',
  'owner_id',
  'billing_currency',
  'amount',
  'used_amount',
  'used_share',
  'left_amount',
  'term_from',
  'term_to',
  'run_out_on',
  'state',
);

/** Condition that a team spent anything at the vendor (and connection) of a contract, or of another table's row. */
export const reaches = (team: string, table = 'contract_status'): string =>
  `exists (select 1 from allocated_cost where allocated_cost.team_id = ${literal(team)} and allocated_cost.provider = ${table}.provider and (${table}.connection_id is null or ${table}.connection_id = allocated_cost.connection_id))`;

/** Contracts as they stand now, what needs somebody first; of a team those that its spend draws on. */
export async function readContracts(query: Query, { team, vendor }: Filters): Promise<Contract[]> {
  const rows = await query(
    select({
      columns: COLUMNS,
      from: 'contract_status',
      where: [isIfSet('provider', vendor), team === null ? null : reaches(team)],
      order: [
        "case state when 'used_up' then 0 when 'runs_out' then 0 when 'exceeded' then 0 when 'unused' then 1 when 'on_track' then 2 else 3 end",
        'provider',
        'contract_id',
      ],
    }),
  );
  return rows.map((row) => ({
    id: row.contract_id ?? '',
    provider: row.provider ?? '',
    product: row.product ?? null,
    kind: row.kind ?? '',
    owner: row.owner_id ?? null,
    currency: row.billing_currency ?? 'USD',
    amount: row.amount ?? '0',
    used: row.used_amount ?? '0',
    share: row.used_share ? Number(row.used_share) : null,
    left: row.left_amount ?? '0',
    termFrom: row.term_from ?? '',
    termTo: row.term_to ?? '',
    runOutOn: row.run_out_on ?? null,
    state: row.state ?? '',
  }));
}

/** Reads balances that run out and stand in no contract; those of contracts are told there. */
export async function readLooseBalances(query: Query, { team, vendor }: Filters): Promise<LooseBalance[]> {
  const rows = await query(
    select({
      columns: named('connection_id', 'says', 'next_step'),
      from: 'low_balance',
      where: ['contract_id is null', isIfSet('provider', vendor), team === null ? null : reaches(team, 'low_balance')],
      order: ['run_out_on', 'connection_id', 'says'],
    }),
  );
  return rows.map(({ connection_id, says, next_step }) => ({
    connection: connection_id ?? '',
    says: says ?? '',
    next: next_step ?? '',
  }));
}
