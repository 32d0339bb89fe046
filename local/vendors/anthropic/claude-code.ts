import { dayText } from '../calendar.ts';
import type { World } from '../company/world.ts';
import { type Answer, json } from '../http-server.ts';
import { chargesOf, LIST_SCALE } from './billing.ts';
import { InvalidRequest } from './refusal.ts';
import type { UsageRow } from './usage-row.ts';

const terminals = ['vscode', 'iTerm.app', 'tmux', 'WezTerm'] as const;
const CENT = 10n ** BigInt(LIST_SCALE);

/** A page of Claude Code analytics: a record a person, of one day, with a whole-cent estimate a model. */
export function claudeCodePage(
  world: World,
  organisation: string,
  day: number,
  rows: readonly UsageRow[],
  query: URLSearchParams,
): Answer {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidRequest('limit: must be between 1 and 1000');
  const begins = Number(query.get('page')?.replace(/^page_/, '') ?? 0);
  const people = [
    ...Map.groupBy(
      rows.filter(({ product }) => product === 'claude_code'),
      ({ actor }) => actor.id,
    ).values(),
  ];
  const data = people.slice(begins, begins + limit).map((own) => recordOf(world, organisation, day, own));
  const more = begins + limit < people.length;
  return json(200, { data, has_more: more, next_page: more ? `page_${begins + limit}` : null });
}

function recordOf(world: World, organisation: string, day: number, own: readonly UsageRow[]): object {
  const [first] = own;
  const person = first?.actor.kind === 'user' ? world.people[first.actor.person] : undefined;
  const models = Map.groupBy(own, ({ model }) => model);
  const sum = (rows: readonly UsageRow[], count: (row: UsageRow) => number): number =>
    rows.reduce((all, row) => all + count(row), 0);
  return {
    date: `${dayText(day)}T00:00:00Z`,
    actor: { type: 'user_actor', email_address: person?.email ?? '' },
    organization_id: organisation,
    customer_type: 'api',
    subscription_type: null,
    terminal_type: terminals[(person?.index ?? 0) % terminals.length],
    core_metrics: {
      num_sessions: own.length,
      lines_of_code: { added: sum(own, ({ requests }) => requests * 4), removed: sum(own, ({ requests }) => requests) },
      commits_by_claude_code: Math.floor(own.length / 2),
      pull_requests_by_claude_code: 0,
    },
    tool_actions: { edit_tool: { accepted: own.length * 3, rejected: 1 } },
    model_breakdown: [...models].map(([model, rows]) => ({
      model,
      tokens: {
        input: sum(rows, ({ uncached }) => uncached),
        output: sum(rows, ({ output }) => output),
        cache_read: sum(rows, ({ cacheRead }) => cacheRead),
        cache_creation: sum(rows, ({ write5m, write1h }) => write5m + write1h),
      },
      estimated_cost: {
        currency: 'USD',
        amount: Number(rows.flatMap(chargesOf).reduce((all, { list }) => all + list, CENT / 2n) / CENT),
      },
    })),
  };
}
