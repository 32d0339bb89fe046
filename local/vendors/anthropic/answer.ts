import { instantText } from '../calendar.ts';
import type { Refresh } from '../company/settling.ts';
import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { minuteLimit } from '../rate-limit.ts';
import { claudeCodePage } from './claude-code.ts';
import { apiKeys, type Entry, users, workspaces } from './directory.ts';
import { enterprisePage, reportOf } from './enterprise-reports.ts';
import { claudeCodeDay, parseLegacyQuery } from './legacy-query.ts';
import { legacyPage } from './legacy-reports.ts';
import type { Organisation } from './organisation.ts';
import { cursorText, directoryPage, parseCursor } from './pages.ts';
import { parseQuery, type ReportKind, type ReportQuery } from './query.ts';
import { InvalidRequest, refuse } from './refusal.ts';
import { renderGroup } from './render.ts';
import { type Group, groupsOf } from './report.ts';
import { spendLimits } from './spend-limits.ts';
import { refreshOf, usageOfDays } from './truth.ts';
import type { UsageRow } from './usage-row.ts';

const DAY_MS = 86_400_000;
const BETA = 'analytics-usage-cost-2026-08-24';
const REQUESTS_A_MINUTE = 60;
const KEPT_REPORTS = 6;

/** Answers as Anthropic's admin API does for one organisation; `now` is the laptop's clock in epoch milliseconds. */
export function anthropicAnswers(
  world: World,
  organisation: Organisation,
  now: () => number,
): (asked: Asked) => Answer {
  const limited = minuteLimit(REQUESTS_A_MINUTE, now);
  const usage = usageOfDays(world, organisation);
  const kept = new Map<string, readonly Group[]>();

  const groups = (query: ReportQuery, refresh: Refresh): readonly Group[] => {
    const key = `${query.fingerprint} ${refresh.at}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = groupsOf(
      rowsBetween(query.from, query.to, (day) => usage(day, refresh)),
      query,
      organisation,
    );
    kept.set(key, made);
    const oldest = kept.keys().next();
    if (kept.size > KEPT_REPORTS && oldest.done !== true) kept.delete(oldest.value);
    return made;
  };

  const report = (kind: ReportKind, asked: Asked): Answer => {
    const wait = limited();
    if (wait !== null)
      return refuse(429, 'This request would exceed the rate limit for your organization', {
        'retry-after': String(wait),
      });
    const query = parseQuery(kind, asked.query, now());
    const refresh = refreshOf(world, organisation, now());
    const cursor = query.page === null ? null : parseCursor(query.page);
    if (query.page !== null && cursor === null) throw new InvalidRequest('page: invalid page token');
    if (cursor !== null && cursor.question !== query.fingerprint)
      throw new InvalidRequest('page: parameters must not change while paging');
    if (cursor !== null && cursor.refreshedAt !== refresh.at)
      return refuse(410, 'page token is no longer valid because the data was refreshed; restart from the first page');
    const all = groups(query, refresh);
    const offset = cursor?.offset ?? 0;
    const end = offset + query.limit;
    const today = Math.floor(now() / DAY_MS);
    const isShown = ({ sample }: Group): boolean =>
      !query.excludeDeleted || sample.actor.kind !== 'user' || !hasLeft(world, sample.actor.person, today);
    const more = end < all.length;
    return json(200, {
      data: all
        .slice(offset, end)
        .filter(isShown)
        .flatMap((group) => renderGroup(world, organisation, query, group, today)),
      has_more: more,
      next_page: more ? cursorText({ offset: end, question: query.fingerprint, refreshedAt: refresh.at }) : null,
      data_refreshed_at: instantText(refresh.through),
    });
  };

  const legacy = (kind: ReportKind, asked: Asked): Answer => {
    const refresh = refreshOf(world, organisation, now());
    return legacyPage(parseLegacyQuery(kind, asked), organisation, (from, to) =>
      rowsBetween(from, to, (day) => usage(day, refresh)),
    );
  };

  return (asked) => {
    const refused = signIn(asked, organisation);
    if (refused !== null) return refused;
    try {
      const today = Math.floor(now() / DAY_MS);
      // An organisation without the current reports does not know their routes.
      if (organisation.alias === 'legacy' && asked.path.startsWith('/v1/organizations/analytics/'))
        return refuse(404, `Not found: ${asked.path}`);
      const enterprise = reportOf(asked.path);
      if (enterprise !== null) {
        const refresh = refreshOf(world, organisation, now());
        const refreshed = { at: refresh.at, through: instantText(refresh.through) };
        return enterprisePage(enterprise, asked, {
          ...{ world, organisation, refreshed, today },
          ofDay: (day) => usage(day, refresh),
        });
      }
      switch (asked.path) {
        case '/v1/organizations/analytics/usage':
          return withBeta(asked, () => report('usage', asked));
        case '/v1/organizations/analytics/cost':
          return withBeta(asked, () => report('cost', asked));
        case '/v1/organizations/usage_report/messages':
          return legacy('usage', asked);
        case '/v1/organizations/cost_report':
          return legacy('cost', asked);
        case '/v1/organizations/usage_report/claude_code': {
          const day = claudeCodeDay(asked.query);
          const rows = usage(day, refreshOf(world, organisation, now()));
          return claudeCodePage(world, organisation.id, day, rows, asked.query);
        }
        case '/v1/organizations/spend_limits':
          return spendLimits(asked, organisation);
        case '/v1/organizations/users':
          return directoryPage(users(world, organisation, today), asked.query);
        case '/v1/organizations/workspaces':
          return directoryPage(workspaces(world, organisation).filter(isListed(asked.query)), asked.query);
        case '/v1/organizations/api_keys':
          return directoryPage(apiKeys(world, organisation), asked.query);
        case '/v1/organizations/me':
          return json(200, { id: organisation.id, type: 'organization', name: organisation.name });
        case '/v1/organizations/service_accounts':
          return refuse(403, 'This endpoint requires an OAuth token with the org:admin scope');
        default:
          return refuse(404, `Not found: ${asked.path}`);
      }
    } catch (error) {
      if (error instanceof InvalidRequest) return refuse(400, error.message);
      throw error;
    }
  };
}

function* rowsBetween(from: number, to: number, ofDay: (day: number) => readonly UsageRow[]): Iterable<UsageRow> {
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day += 1) yield* ofDay(day);
}

function hasLeft(world: World, person: number, today: number): boolean {
  const leftOn = world.people[person]?.leftOn ?? null;
  return leftOn !== null && leftOn <= today;
}

function signIn({ headers, method }: Asked, organisation: Organisation): Answer | null {
  const key = headers['x-api-key'] ?? bearer(headers);
  if (typeof key !== 'string' || key === '') return refuse(401, 'x-api-key header is required');
  if (key.startsWith('sk-ant-api')) return refuse(403, 'This API key does not have the required scope');
  if (key !== organisation.adminKey) return refuse(401, 'invalid x-api-key');
  if (headers['anthropic-version'] === undefined) return refuse(400, 'anthropic-version: header is required');
  return method === 'GET' ? null : refuse(404, 'Not found');
}

function withBeta({ headers }: Asked, answer: () => Answer): Answer {
  const given = [headers['anthropic-beta'] ?? []]
    .flat()
    .flatMap((value) => value.split(',').map((part) => part.trim()));
  return given.includes(BETA) ? answer() : refuse(400, `anthropic-beta: this endpoint requires the beta ${BETA}`);
}

function isListed(query: URLSearchParams): (entry: Entry) => boolean {
  const wants = (name: string): boolean => query.get(name) === 'true';
  return (entry) =>
    (entry.archived_at === null || wants('include_archived')) && (entry.name !== 'Default' || wants('include_default'));
}
