import { type BillingPeriod, billingPeriodOf } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import { is, isIfSet, named, type Query, rowCount, select, sum } from '../select.ts';

/** Seats of one product in a month. */
export interface SeatProduct {
  readonly provider: string;
  readonly connection_id: string;
  readonly product: string;
  readonly held: number;
  readonly idle: number;
  /** Seats of which nobody tells whether they are used. */
  readonly unknown: number;
  /** Currency of the cost; null where several are mixed. */
  readonly currency: string | null;
  /** Null where the price is not known. */
  readonly cost: string | null;
  readonly idleCost: string | null;
  /** What its people used at list price, in US dollars; null where no usage is told. */
  readonly usedValue: string | null;
}

/** Something about a seat that somebody should decide. */
export interface SeatFinding {
  readonly finding: (typeof FINDINGS)[number];
  readonly says: string;
  readonly provider: string | null;
  readonly person: string | null;
  readonly team: string | null;
  /** Whom to ask besides the person. */
  readonly owner: string | null;
  readonly monthly: string | null;
  /** Currency of it; null where several are mixed. */
  readonly currency: string | null;
  readonly next: string;
}

/** Seats of the latest month, and what findings say of them. */
export interface Seats {
  readonly month: BillingPeriod;
  readonly products: readonly SeatProduct[];
  readonly findings: readonly SeatFinding[];
}

const FINDINGS = ['idle_seats', 'duplicate_tools', 'shadow_ai'] as const;

// What each finding calls whom to ask and the vendor; duplicates concern several vendors.
const OWNER = { idle_seats: 'owner_id', duplicate_tools: 'cast(null as varchar)', shadow_ai: 'cast(null as varchar)' };
const VENDOR = { idle_seats: 'provider', duplicate_tools: 'cast(null as varchar)', shadow_ai: 'provider' };

/** Reads seats by product, and findings about them; a team's are its people's. */
export async function readSeats(query: Query, { team, vendor }: Filters, { end }: Lake): Promise<Seats> {
  const month = billingPeriodOf(end);
  const mine = [isIfSet('team_id', team), isIfSet('provider', vendor)];
  const known = (expression: string, of?: string): string =>
    `case when ${rowCount(['seat_cost is not null', ...(of === undefined ? [] : [of])].join(' and '))} > 0 then ${sum(expression, of)} end`;
  const rows = await query(
    select({
      columns: {
        ...named('provider', 'connection_id', 'product'),
        held: rowCount(),
        idle: rowCount(is('state', 'idle')),
        unknown: rowCount(is('state', 'unknown')),
        cost: known('seat_cost'),
        idle_cost: known('seat_cost', is('state', 'idle')),
        used_value: 'cast(sum(used_value) as decimal(28,10))',
      },
      from: 'seat_use',
      where: [is('billing_period', month), ...mine],
      group: ['provider', 'connection_id', 'product'],
      order: ['held desc', 'provider', 'connection_id', 'product'],
    }),
  );
  const currencies = await query(
    select({
      columns: { connection_id: 'connection_id', first: 'min(billing_currency)', last: 'max(billing_currency)' },
      from: 'allocated_cost',
      where: [is('meter', 'seat_months')],
      group: ['connection_id'],
      order: ['connection_id'],
    }),
  );
  const currencyOf = new Map(
    currencies.map(({ connection_id, first, last }) => [connection_id, first === last ? (first ?? null) : null]),
  );
  const findings: SeatFinding[] = [];
  for (const finding of FINDINGS) {
    const found = await query(
      select({
        columns: {
          ...named('says', 'person_id', 'team_id', 'billing_currency', 'monthly_cost', 'next_step'),
          owner: OWNER[finding],
          vendor: VENDOR[finding],
        },
        from: finding,
        where: [isIfSet('team_id', team), finding === 'duplicate_tools' ? null : isIfSet('provider', vendor)],
        order: ['monthly_cost desc nulls last', 'says'],
      }),
    );
    findings.push(
      ...found.map((row) => ({
        finding,
        says: row.says ?? '',
        provider: row.vendor ?? null,
        person: row.person_id ?? null,
        team: row.team_id ?? null,
        owner: row.owner ?? null,
        monthly: row.monthly_cost ?? null,
        currency: row.billing_currency ?? null,
        next: row.next_step ?? '',
      })),
    );
  }
  return {
    month,
    products: rows.map((row) => ({
      provider: row.provider ?? '',
      connection_id: row.connection_id ?? '',
      product: row.product ?? '',
      held: Number(row.held ?? 0),
      idle: Number(row.idle ?? 0),
      unknown: Number(row.unknown ?? 0),
      currency: currencyOf.get(row.connection_id ?? '') ?? null,
      cost: row.cost ?? null,
      idleCost: row.idle_cost ?? null,
      usedValue: row.used_value ?? null,
    })),
    findings,
  };
}
