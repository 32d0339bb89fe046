import { dayText } from '../calendar.ts';
import { decimalText } from '../company/amount.ts';
import type { World } from '../company/world.ts';
import { type Answer, type Asked, json } from '../http-server.ts';
import { chargesOf, LIST_SCALE } from './billing.ts';
import { renderActor } from './dimension.ts';
import type { Organisation } from './organisation.ts';
import { cursorText, parseCursor } from './pages.ts';
import { InvalidRequest } from './refusal.ts';
import type { UsageRow } from './usage-row.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 31;
/** Places of a cent; amounts here are counted in that unit, so that people's add up to the totals. */
const PLACES = 6;

/** What a Claude Enterprise report is made from: usage of a day, and when and through when it was rebuilt. */
export interface EnterpriseParts {
  readonly world: World;
  readonly organisation: Organisation;
  readonly ofDay: (day: number) => readonly UsageRow[];
  readonly refreshed: { readonly at: number; readonly through: string };
  readonly today: number;
}

const REPORTS = ['user_usage_report', 'user_cost_report', 'cost_report'] as const;
type Report = (typeof REPORTS)[number];

/** The Enterprise report that a path names; null: it names none. */
export const reportOf = (path: string): Report | null =>
  REPORTS.find((name) => path === `/v1/organizations/analytics/${name}`) ?? null;

/** Answers a report by the day, grouped as our source asks: people by product and model, totals by product. */
export function enterprisePage(report: Report, { query }: Asked, parts: EnterpriseParts): Answer {
  const [from, to] = ['starting_at', 'ending_at'].map((name) => Date.parse(query.get(name) ?? '') / DAY_MS);
  if (from === undefined || to === undefined || !Number.isInteger(from) || !Number.isInteger(to))
    throw new InvalidRequest('starting_at and ending_at: must be given, on whole days');
  if (to <= from || to - from > MOST_DAYS)
    throw new InvalidRequest(`ending_at: range may span at most ${MOST_DAYS} days`);
  const days = Array.from({ length: to - from }, (_, n) => from + n);
  const all = days.flatMap((day): readonly object[] => {
    if (report === 'user_usage_report') return peoplesUsage(parts, day);
    if (report === 'user_cost_report') return costs(parts, day, true);
    return [{ ...timeOf(day), results: costs(parts, day, false) }];
  });
  const limit = Number(query.get('limit') ?? 20);
  const page = query.get('page');
  const cursor = page === null ? null : parseCursor(page);
  if (page !== null && cursor === null) throw new InvalidRequest('page: invalid page token');
  const ends = (cursor?.offset ?? 0) + limit;
  const more = ends < all.length;
  return json(200, {
    data: all.slice(ends - limit, ends),
    has_more: more,
    next_page: more ? cursorText({ offset: ends, question: 0, refreshedAt: parts.refreshed.at }) : null,
    data_refreshed_at: parts.refreshed.through,
    organization_id: parts.organisation.id,
  });
}

const timeOf = (day: number): object => ({
  starting_at: `${dayText(day)}T00:00:00Z`,
  ending_at: `${dayText(day + 1)}T00:00:00Z`,
});
/** These reports spell products with a hyphen. */
const spelt = (product: string | null): string | null => product?.replace('claude_tag', 'claude-tag') ?? null;

function peoplesUsage({ world, ofDay, today }: EnterpriseParts, day: number): readonly object[] {
  const people = ofDay(day).filter(({ actor }) => actor.kind === 'user');
  const groups = Map.groupBy(people, (row) =>
    JSON.stringify([row.actor.id, row.product, row.model, row.context, row.geo, row.speed]),
  );
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const sum = (count: (row: UsageRow) => number): number => rows.reduce((all, row) => all + count(row), 0);
    const total = sum((row) => row.uncached + row.write5m + row.write1h + row.cacheRead + row.output);
    return [
      {
        ...timeOf(day),
        actor: renderActor(first.actor, world.people, today),
        product: spelt(first.product),
        model: first.model,
        context_window: first.context,
        inference_geo: first.geo,
        speed: first.speed,
        uncached_input_tokens: sum(({ uncached }) => uncached),
        cache_creation: {
          ephemeral_1h_input_tokens: sum(({ write1h }) => write1h),
          ephemeral_5m_input_tokens: sum(({ write5m }) => write5m),
        },
        cache_read_input_tokens: sum(({ cacheRead }) => cacheRead),
        output_tokens: sum(({ output }) => output),
        total_tokens: total,
        requests: sum(({ requests }) => requests),
        server_tool_use: { web_search_requests: sum(({ webSearches }) => webSearches) },
      },
    ];
  });
}

/** Costs of a day: of each person, or of each product as a whole, what is tied to no person too. */
function costs(
  { world, organisation, ofDay, today }: EnterpriseParts,
  day: number,
  ofPeople: boolean,
): readonly object[] {
  const parts = new Map<string, { row: UsageRow; costType: string; tokenType: string | null; list: bigint }>();
  for (const row of ofDay(day))
    for (const { costType, tokenType, list } of chargesOf(row)) {
      const who = row.actor.kind === 'user' ? row.actor.id : '';
      const key = JSON.stringify([who, row.product, row.model, costType, tokenType]);
      const known = parts.get(key);
      if (known === undefined) parts.set(key, { row, costType, tokenType, list });
      else known.list += list;
    }
  const amounts = [...parts.values()].map(({ list, ...of }) => ({
    ...of,
    amount: rounded(list * organisation.paysPercent, LIST_SCALE + 2),
    list: rounded(list, LIST_SCALE),
  }));
  const money = (amount: bigint, list: bigint): object => ({
    amount: decimalText(amount, PLACES, PLACES),
    list_amount: decimalText(list, PLACES, PLACES),
    currency: 'USD',
  });
  if (ofPeople)
    return amounts
      .filter(({ row }) => row.actor.kind === 'user')
      .map(({ row, costType, tokenType, amount, list }) => ({
        ...timeOf(day),
        actor: renderActor(row.actor, world.people, today),
        product: spelt(row.product),
        model: row.model,
        cost_type: costType,
        token_type: tokenType,
        ...money(amount, list),
        requests: null,
      }));
  return [...Map.groupBy(amounts, ({ row }) => spelt(row.product))].map(([product, some]) => ({
    product,
    ...money(
      some.reduce((all, { amount }) => all + amount, 0n),
      some.reduce((all, { list }) => all + list, 0n),
    ),
    requests: null,
  }));
}

/** A cent amount of this many places in whole units of `PLACES`, half up. */
const rounded = (value: bigint, scale: number): bigint => {
  const unit = 10n ** BigInt(scale - PLACES);
  return (value + unit / 2n) / unit;
};
