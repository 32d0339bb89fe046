import { refreshBefore } from '../company/settling.ts';
import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { costsReport } from './costs-report.ts';
import { type Entry, projectKeys, projects, serviceAccounts, users } from './directory.ts';
import { endpoints } from './endpoints.ts';
import { type Organisation, ownProjects } from './organisation.ts';
import { InvalidRequest, refuse } from './refusal.ts';
import { LAG_HOURS, usageOfDays } from './truth.ts';
import { usageReport } from './usage-report.ts';
import type { Kind, UsageRow } from './usage-row.ts';

const DAY_MS = 86_400_000;
const PREFIX = '/v1/organization/';
const LIMIT_CENTS = 1_500_000;
const CODE_LIMIT_CENTS = 600_000;

/** Answers as OpenAI's admin API does for the organisation; `now` is the laptop's clock in epoch milliseconds. */
export function openaiAnswers(world: World, organisation: Organisation, now: () => number): (asked: Asked) => Answer {
  const usage = usageOfDays(world, organisation);

  const answer = ({ path, query }: Asked): Answer => {
    const refresh = refreshBefore(now(), LAG_HOURS);
    const ofDay = (day: number): readonly UsageRow[] => usage(day, refresh);
    const today = Math.floor(now() / DAY_MS);
    const [first, second, third] = path.slice(PREFIX.length).split('/');
    if (!path.startsWith(PREFIX)) return unknownPath(path);
    if (first === 'usage') {
      return second !== undefined && isKind(second) ? usageReport(second, query, now(), ofDay) : unknownPath(path);
    }
    if (first === 'costs') return costsReport(query, now(), refresh, world.last, ofDay);
    if (first === 'spend_limit') return spendLimit('organization.spend_limit', LIMIT_CENTS);
    if (first === 'users') {
      const emails = query.getAll('emails[]');
      const all = users(world, organisation, today);
      return list(
        emails.length === 0 ? all : all.filter(({ email }) => emails.some((given) => given === email)),
        query,
      );
    }
    if (first !== 'projects') return unknownPath(path);
    const every = projects(world, organisation, true);
    if (second === undefined || second === '')
      return list(query.get('include_archived') === 'true' ? every : projects(world, organisation, false), query);
    if (!every.some(({ id }) => id === second)) return refuse(404, `Project '${second}' not found.`);
    if (third === 'spend_limit')
      return second === organisation.projectId(ownProjects.code)
        ? spendLimit('project.spend_limit', CODE_LIMIT_CENTS)
        : refuse(404, 'No spend limit is set for this project.');
    if (third === 'api_keys')
      return list(
        projectKeys(world, organisation, second, today, query.get('owner_project_access') ?? 'active'),
        query,
      );
    return third === 'service_accounts' ? list(serviceAccounts(world, organisation, second), query) : unknownPath(path);
  };

  return (asked) => {
    const refused = signIn(asked, organisation);
    if (refused !== null) return refused;
    try {
      return answer(asked);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      return refuse(400, error.message, { type: 'invalid_request_error', param: error.param });
    }
  };
}

/** A hard limit, in whole cents. */
function spendLimit(object: string, cents: number): Answer {
  const enforcement = { status: 'inactive' };
  return json(200, { object, threshold_amount: cents, currency: 'USD', interval: 'month', enforcement });
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(endpoints, text);
}

function unknownPath(path: string): Answer {
  return refuse(404, `Invalid URL (GET ${path})`);
}

function signIn({ headers, method, path }: Asked, organisation: Organisation): Answer | null {
  const key = bearer(headers);
  const cause = { type: 'invalid_request_error', code: 'invalid_api_key' };
  if (key === null) return refuse(401, "You didn't provide an API key.", cause);
  if (key.startsWith('sk-proj-')) {
    const message = 'You have insufficient permissions for this operation. Missing scopes: api.usage.read.';
    return refuse(403, message, { type: 'invalid_request_error', code: 'missing_scope' });
  }
  if (key !== organisation.adminKey) return refuse(401, 'Incorrect API key provided.', cause);
  return method === 'GET' ? null : refuse(405, `Not allowed to ${method} on ${path}.`);
}

/** A page of a directory by `after` and `limit`. */
function list(entries: readonly Entry[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new InvalidRequest(
      `Invalid limit provided: ${query.get('limit')}. Limit must be between 1 and 100.`,
      'limit',
    );
  const after = query.get('after');
  const begins = after === null ? 0 : entries.findIndex(({ id }) => id === after) + 1;
  if (after !== null && begins === 0) throw new InvalidRequest(`No such object: '${after}'.`, 'after');
  const data = entries.slice(begins, begins + limit);
  const more = begins + limit < entries.length;
  const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
  return json(200, { object: 'list', data, ...ends, has_more: more });
}
