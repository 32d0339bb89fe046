import { addDays, type Day, days as daysOf } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import { type Lake, shownFrom } from '../lake.ts';
import type { Days } from '../period.ts';
import { between, is, isIfSet, named, type Query, select, sum } from '../select.ts';

/** AI and cloud spend of the same days, in decimal text; each dollar by the door of who bills it. */
export interface Doors {
  /** AI, in the vendors' ledgers. */
  readonly vendors: string;
  readonly estimated: string;
  /** AI that comes through the AWS bill: Bedrock, and Claude Platform on AWS. */
  readonly aws: string;
  /** Both. */
  readonly ai: string;
  readonly cloud: string;
  readonly all: string;
}

/** A service of AI in the AWS bill. */
export interface AwsService {
  readonly name: string;
  readonly biller: string | null;
  readonly cost: string;
}

/** AI spend beside the AWS bill, of the days that both tell. */
export interface Cloud {
  /** Days of the period as far as the bill reaches; null where it has none of them. */
  readonly days: Days | null;
  /** First and last day of the bill. */
  readonly bill: Days;
  readonly all: Doors;
  /** What the vendors tell of days of the period that the bill has not. */
  readonly outside: string;
  /** Teams by what they cost, nobody (null) last. */
  readonly teams: readonly (Doors & { readonly id: string | null })[];
  /** Days of the picture that the bill has, oldest first. */
  readonly byDay: readonly (Doors & { readonly day: Day })[];
  /** The same days by month. */
  readonly months: readonly (Doors & { readonly month: string })[];
  readonly services: readonly AwsService[];
}

const LEDGER = is('door', 'ledger');
const BILL = is('door', 'aws_bill');
const AI = is('is_ai', 'yes');

const SUMS = {
  vendors: sum('effective_cost', LEDGER),
  estimated: sum('effective_cost', `${LEDGER} and ${is('status', 'estimated')}`),
  aws: sum('effective_cost', `${BILL} and ${AI}`),
  ai: sum('effective_cost', `${LEDGER} or ${AI}`),
  cloud: sum('effective_cost', `${BILL} and not ${AI}`),
  // `all` alone would be a word of SQL.
  whole: sum('effective_cost'),
};

const doorsOf = (row: Readonly<Record<string, string | null>> | undefined): Doors => ({
  vendors: row?.vendors ?? '0',
  estimated: row?.estimated ?? '0',
  aws: row?.aws ?? '0',
  ai: row?.ai ?? '0',
  cloud: row?.cloud ?? '0',
  all: row?.whole ?? '0',
});

const within = (one: Days, other: Days): Days | null => {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from > to ? null : { from, to };
};

/** Reads AI beside cloud for the chosen period and team; null where the lake reads no bill. */
export async function readCloud(query: Query, { period, team }: Filters, lake: Lake): Promise<Cloud | null> {
  const currency = is('billing_currency', lake.currency);
  const [reach] = await query(
    select({
      columns: { from: 'min(day)', to: 'max(day)' },
      from: 'ai_and_cloud_cost',
      where: [BILL, currency],
    }),
  );
  if (!reach?.from || !reach.to) return null;
  const bill = { from: reach.from, to: reach.to };
  const days = within(period, bill);
  const shown = within({ from: shownFrom(lake), to: lake.end }, bill);
  const rows = (group: string | null, expression: string, span: Days | null) =>
    span === null
      ? []
      : query(
          select({
            columns: group === null ? SUMS : { [group]: expression, ...SUMS },
            from: 'ai_and_cloud_cost',
            where: [between('day', span.from, span.to), currency, isIfSet('team_id', team)],
            group: group === null ? [] : [group],
            order: group === null ? [] : [group === 'team_id' ? 'whole desc' : group],
          }),
        );
  const teams = (await rows('team_id', 'team_id', days)).map((row) => ({ ...doorsOf(row), id: row.team_id ?? null }));
  const byDay = new Map((await rows('day', 'day', shown)).map((row) => [row.day, row]));
  const services =
    days === null
      ? []
      : await query(
          select({
            columns: { ...named('service_name', 'biller'), cost: SUMS.aws },
            from: 'ai_and_cloud_cost',
            where: [between('day', days.from, days.to), currency, BILL, AI, isIfSet('team_id', team)],
            group: ['service_name', 'biller'],
            order: ['cost desc', 'service_name', 'biller'],
          }),
        );
  const [outside] = await query(
    select({
      columns: { vendors: SUMS.vendors },
      from: 'ai_and_cloud_cost',
      where: [
        between('day', period.from, period.to),
        days === null ? null : `not ${between('day', days.from, days.to)}`,
        currency,
        isIfSet('team_id', team),
      ],
    }),
  );
  return {
    days,
    bill,
    all: doorsOf((await rows(null, '', days))[0]),
    outside: outside?.vendors ?? '0',
    teams: [...teams.filter(({ id }) => id !== null), ...teams.filter(({ id }) => id === null)],
    byDay:
      shown === null
        ? []
        : [...daysOf(shown.from, addDays(shown.to, 1))].map((day) => ({ ...doorsOf(byDay.get(day)), day })),
    months: (await rows('month', 'billing_period', shown)).map((row) => ({
      ...doorsOf(row),
      month: row.month ?? '',
    })),
    services: services.map((row) => ({
      name: row.service_name ?? '',
      biller: row.biller ?? null,
      cost: row.cost ?? '0',
    })),
  };
}
