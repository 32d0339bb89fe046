import { type BillingPeriod, nextMonth } from '../time.ts';

/** What of a table or view can change a month, by content: dates are clipped to the month, so that what happens later does not re-make it. */
type Slice = (first: string, next: string, period: BillingPeriod) => string;

const dated =
  (name: string, columns: string): Slice =>
  (first, next) =>
    `select ${columns}, greatest(valid_from, date '${first}') as valid_from, least(valid_to, date '${next}') as valid_to from ${name} where valid_from < date '${next}' and valid_to > date '${first}'`;

const whole =
  (name: string, columns: string): Slice =>
  () =>
    `select ${columns} from ${name}`;

const SLICES: Readonly<Record<string, Slice>> = {
  identity_map: dated('identity_map', 'kind, id, connection_id, person_id, team_id, owner_id'),
  people: (first, next) =>
    `select person_id, team_id, least(coalesce(left_on, date '${next}'), date '${next}') as left_on, greatest(valid_from, date '${first}') as valid_from, least(valid_to, date '${next}') as valid_to from people where valid_from < date '${next}' and valid_to > date '${first}'`,
  seat_spans: dated(
    'seat_spans',
    'provider, connection_id, account_id, workspace_id, product, principal_id, seat_count',
  ),
  // Where a term begins decides which month its price is billed in: these dates are not clipped.
  contracts: (first, next) =>
    `select contract_id, provider, connection_id, product, kind, term, quantity, unit_price, amount, rate, billing_currency, billed_through, valid_from, valid_to from contracts where valid_from < date '${next}' and valid_to > date '${first}'`,
  teams: whole('teams', 'team_id, team_name, cost_center'),
  rules: dated(
    'rules',
    'rule_id, priority, provider, connection_id, workspace_id, credential_id, principal_id, model, method, team_id, share, cost_center, project, application',
  ),
  prices: dated('prices', 'provider, model, meter, service_tier, speed, region, context_window, unit_price, note'),
  // A caller's pseudonym follows from what the bill writes; whom a month names is written down before it is made.
  cloud_principals: () => `select kind from cloud_principals where 1 = 0`,
  meters: whole(
    'meters',
    'meter, consumed_unit, pricing_unit, block, sku_meter, is_priced, is_contract_priced, token_direction, token_cache_action',
  ),
  calendar: (_first, _next, period) => `select day from calendar where month = '${period}'`,
  collection_status: (_first, _next, period) =>
    `select connection_id, source, target, day, complete_through from collection_status where billing_period = '${period}' and target in ('usage', 'costs')`,
};

/** Whether a name is taken by the content of its slice instead of by text and files. */
export const isSliced = (name: string): boolean => name in SLICES;

/** The select of what a month sees of a sliced table, its rows in order. */
export function sliceOf(name: string, period: BillingPeriod): string {
  const slice = SLICES[name];
  if (slice === undefined) throw new Error(`${name} has no slice`);
  const sql = slice(`${period}-01`, nextMonth(period), period);
  const count = columnCount(sql);
  return `${sql} order by ${Array.from({ length: count }, (_, index) => index + 1).join(', ')}`;
}

/** Columns of a slice: commas outside parentheses, up to its from. */
function columnCount(sql: string): number {
  let depth = 0;
  let count = 1;
  for (const character of sql.slice(0, sql.indexOf(' from '))) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) count += 1;
  }
  return count;
}
