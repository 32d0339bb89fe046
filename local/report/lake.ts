import { addDays, type Day } from '../../shared/time.ts';
import { between, isIn, named, type Query, rowCount, select, sum } from './select.ts';

/** What the lake holds, as far as choosing needs it. */
export interface Lake {
  readonly first: Day;
  /** Last day that at least one source of money has told whole; later rows are a day half told and stay out. */
  readonly end: Day;
  readonly currency: string;
  /** Amounts in other currencies, in no figure of the page. */
  readonly others: readonly { readonly currency: string; readonly amount: string }[];
  readonly teams: readonly string[];
  readonly vendors: readonly string[];
  readonly models: readonly { readonly model: string; readonly provider: string }[];
}

/** Days the spend picture shows. */
export const SHOWN_DAYS = 120;

/** Reads what there is to choose from; null when there is no spend at all. */
export async function readLake(query: Query): Promise<Lake | null> {
  const [bounds] = await query(select({ columns: { first: 'min(day)', last: 'max(day)' }, from: 'daily_cost' }));
  if (!bounds?.first || !bounds.last) return null;
  const { first, last } = bounds;
  const [told] = await query(
    select({
      columns: { day: 'max(last_whole_day)' },
      from: 'data_freshness',
      where: [isIn('target', ['costs', 'usage'])],
    }),
  );
  const end = told?.day && told.day < last && told.day >= first ? told.day : last;
  const within = [between('day', first, end)];
  const currencies = await query(
    select({
      columns: { currency: 'billing_currency', amount: sum('allocated_cost'), line_count: rowCount() },
      from: 'allocated_cost',
      where: within,
      group: ['currency'],
      // Amounts of two currencies cannot be compared: the report is in the one of most lines.
      order: ['line_count desc', 'currency'],
    }),
  );
  const amounts = currencies.map(({ currency, amount }) => ({ currency: currency ?? 'USD', amount: amount ?? '0' }));
  const models = await query(
    select({
      columns: named('model', 'provider'),
      from: 'daily_cost',
      where: [...within, 'model is not null'],
      group: ['model', 'provider'],
      order: ['provider', 'model'],
    }),
  );
  const vendors = await query(
    select({ columns: named('provider'), from: 'daily_cost', group: ['provider'], order: ['provider'] }),
  );
  const teams = await query(
    select({
      columns: named('team_id'),
      from: 'allocated_cost',
      where: ['team_id is not null'],
      group: ['team_id'],
      order: ['team_id'],
    }),
  );
  return {
    first,
    end,
    currency: amounts[0]?.currency ?? 'USD',
    others: amounts.slice(1),
    teams: teams.flatMap(({ team_id }) => team_id ?? []),
    vendors: vendors.flatMap(({ provider }) => provider ?? []),
    models: models.flatMap(({ model, provider }) => (model && provider ? [{ model, provider }] : [])),
  };
}

/** The first day the spend picture shows. */
export const shownFrom = ({ first, end }: Lake): Day => {
  const from = addDays(end, 1 - SHOWN_DAYS);
  return from < first ? first : from;
};
