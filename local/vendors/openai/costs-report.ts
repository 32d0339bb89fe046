import { dayNumber } from '../calendar.ts';
import { decimalText } from '../company/amount.ts';
import type { Refresh } from '../company/settling.ts';
import type { Answer } from '../http-server.ts';
import { AMOUNT_SCALE, type Line, linesOf } from './billing.ts';
import { type Dimension, dimensionOf } from './endpoints.ts';
import { parseQuery, type ReportQuery } from './query.ts';
import { InvalidRequest } from './refusal.ts';
import { bucketPage, passes } from './usage-report.ts';
import type { UsageRow } from './usage-row.ts';

const DAY = 86_400;
const DAY_MS = 86_400_000;
/** The ledger of a day comes with the second rebuild after its end. */
const LEDGER_LAG_MS = DAY_MS / 2;
/** Keys are in the ledger since this instant (2025-12-06). */
const KEYS_SINCE = 1_764_979_200;
/** So many days before the end of the history the ledger cannot be grouped by user and project at once. */
const USER_AND_PROJECT_DAYS = 75;
const DOLLAR_PLACES = 10;

const allowed = {
  limits: { '1d': [7, 180] },
  groupBy: ['project_id', 'user_id', 'line_item', 'api_key_id', 'api_source'],
  filters: ['project_ids', 'api_key_ids', 'line_items'],
} as const;
const filters: Readonly<Record<string, Dimension>> = { project_ids: 'project_id', api_key_ids: 'api_key_id' };
const dimensions: readonly Dimension[] = ['project_id', 'user_id', 'api_key_id', 'api_source'];

/** Answers the costs endpoint: the ledger by day. */
export function costsReport(
  query: URLSearchParams,
  now: number,
  refresh: Refresh,
  lastDay: number,
  ofDay: (day: number) => readonly UsageRow[],
): Answer {
  const parsed = parseQuery(query, allowed, now);
  refuseDocumented(parsed, lastDay);
  const answer = bucketPage(parsed, (from) => {
    const day = from / DAY;
    const isBilled = (day + 1) * DAY_MS + LEDGER_LAG_MS <= refresh.at;
    return isBilled ? resultsOf(parsed, day, ofDay(day)) : [];
  });
  // Amounts are numbers with their own digits, which no float may touch.
  return { ...answer, body: answer.body.replaceAll(/"number:([^"]+)"/g, '$1') };
}

function refuseDocumented({ groupBy, filters: given, from }: ReportQuery, lastDay: number): void {
  if (groupBy.has('api_key_id') && from < KEYS_SINCE)
    throw new InvalidRequest(
      `group_by api_key_id is only supported for start_time at or after ${KEYS_SINCE}.`,
      'group_by',
    );
  const both = groupBy.has('user_id') && (groupBy.has('project_id') || given.has('project_ids'));
  if (both && from < (lastDay - USER_AND_PROJECT_DAYS) * DAY)
    throw new InvalidRequest(
      'user_id cannot be combined with project_id for this organization and time range.',
      'group_by',
    );
}

interface Group {
  readonly sample: UsageRow;
  readonly line: Line;
  amount: bigint;
  quantity: number;
}

function resultsOf(query: ReportQuery, day: number, rows: readonly UsageRow[]): readonly object[] {
  const named = dimensions.filter((dimension) => query.groupBy.has(dimension));
  const byItem = query.groupBy.has('line_item');
  const items = query.filters.get('line_items');
  const groups = new Map<string, Group>();
  for (const row of rows) {
    if (!passes(row, filters, query)) continue;
    const key = named.map((dimension) => String(dimensionOf(row, dimension))).join('\u0001');
    for (const line of linesOf(row)) {
      if (items !== undefined && !items.has(line.item)) continue;
      const full = byItem ? `${key}\u0001${line.item}` : key;
      const known = groups.get(full);
      if (known === undefined) groups.set(full, { sample: row, line, amount: line.amount, quantity: line.quantity });
      else {
        known.amount += line.amount;
        known.quantity += line.quantity;
      }
    }
  }
  return [...groups]
    .sort(([a, one], [b, other]) =>
      one.amount === other.amount ? (a < b ? -1 : 1) : one.amount < other.amount ? 1 : -1,
    )
    .map(([, { sample, line, amount, quantity }]) => ({
      object: 'organization.costs.result',
      amount: { value: amountValue(amount, day), currency: 'usd' },
      line_item: byItem ? line.item : null,
      ...Object.fromEntries(dimensions.map((name) => [name, named.includes(name) ? dimensionOf(sample, name) : null])),
      quantity: byItem ? Math.round(quantity * 1e6) / 1e6 : null,
      quantity_unit: byItem ? line.unit : null,
    }));
}

/** On one day in seven the vendor writes amounts as text; numbers below 0.0001 it writes with an exponent. */
function amountValue(amount: bigint, day: number): string {
  const text = decimalText(amount, AMOUNT_SCALE, DOLLAR_PLACES).replace(/\.?0+$/, '');
  if (day % 7 === dayNumber('2026-11-19') % 7) return text;
  const small = /^0\.(0{4,})([1-9])(\d*)$/.exec(text);
  if (small === null) return `number:${text}`;
  const [, zeros = '', first = '', rest = ''] = small;
  return `number:${first}${rest === '' ? '' : `.${rest}`}e-${String(zeros.length + 1).padStart(2, '0')}`;
}
