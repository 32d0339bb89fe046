import { instantText } from '../calendar.ts';
import { COMPANY, type World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import type { App } from './app.ts';
import type { Change } from './change.ts';
import { GrammarError, parseDocument } from './graphql-parse.ts';
import { type Node, QueryError, run, type Variables } from './graphql-run.ts';
import { mergesOfDays } from './merges.ts';
import { hourlyPoints, type Points } from './points.ts';
import { pullRequestNode } from './pull-request.ts';
import { found, parseSearch } from './search.ts';

const REACHABLE = 1000;
const MOST_A_PAGE = 100;
const LOGIN = 'outlay-collector';

/** Answers as GitHub's GraphQL API does for the organisation, to a token and to an app's; `now` is the laptop's clock in epoch milliseconds. */
export function githubAnswers(
  world: World,
  token: string,
  now: () => number,
  app: App | null = null,
): (asked: Asked) => Answer {
  const mergesOn = mergesOfDays(world);
  const points = hourlyPoints(now);
  let last: { readonly question: string; readonly changes: readonly Change[] } | null = null;

  const results = (question: string): readonly Change[] => {
    const seconds = Math.floor(now() / 1000);
    const key = `${seconds} ${question}`;
    if (last?.question !== key)
      last = { question: key, changes: found(parseSearch(question), world.first, world.last, seconds, mergesOn) };
    return last.changes;
  };

  const search = ({ query, type, first, after }: Readonly<Record<string, unknown>>): Node => {
    if (typeof query !== 'string') throw new QueryError("Field 'search' is missing required arguments: query");
    if (type !== 'ISSUE') throw new QueryError("Argument 'type' on Field 'search' has an invalid value");
    if (typeof first !== 'number' || first < 1)
      throw new QueryError(
        'You must provide a `first` value to properly paginate the `search` connection.',
        'MISSING_PAGINATION_BOUNDARIES',
      );
    if (first > MOST_A_PAGE)
      throw new QueryError(
        `Requesting ${first} records on the \`search\` connection exceeds the \`first\` limit of ${MOST_A_PAGE} records.`,
        'EXCESSIVE_PAGINATION',
      );
    const changes = results(query);
    const begins = offsetOf(after);
    const reachable = Math.min(REACHABLE, changes.length);
    const ends = Math.min(reachable, begins + first);
    const nodes = changes.slice(begins, ends).map(pullRequestNode);
    const endCursor = nodes.length === 0 ? null : Buffer.from(`cursor:${ends}`).toString('base64');
    return {
      __typename: 'SearchResultItemConnection',
      issueCount: changes.length,
      pageInfo: { __typename: 'PageInfo', hasNextPage: ends < reachable, endCursor },
      nodes,
    };
  };

  const answer = (body: string): Answer => {
    const spent = points();
    if (spent.remaining < 0) {
      const message = `API rate limit exceeded for user ${LOGIN}.`;
      return json(200, { errors: [{ type: 'RATE_LIMITED', message }] }, headersOf(spent));
    }
    const root: Node = {
      __typename: 'Query',
      search,
      viewer: { __typename: 'User', login: LOGIN },
      organization: ({ login }: Readonly<Record<string, unknown>>) =>
        login === COMPANY.githubOrganisation ? { __typename: 'Organization', login, name: COMPANY.name } : null,
      rateLimit: {
        __typename: 'RateLimit',
        limit: spent.limit,
        cost: 1,
        used: spent.limit - spent.remaining,
        remaining: spent.remaining,
        resetAt: instantText(spent.resetAt * 1000),
        nodeCount: 0,
      },
    };
    try {
      const asked = parseBody(body);
      return json(200, { data: run(parseDocument(asked.query), root, asked.variables) }, headersOf(spent));
    } catch (error) {
      if (!(error instanceof QueryError || error instanceof GrammarError)) throw error;
      const type = error instanceof QueryError && error.type !== null ? { type: error.type } : {};
      return json(200, { errors: [{ ...type, message: error.message }] }, headersOf(spent));
    }
  };

  return (asked) => {
    const { method, path, headers, body } = asked;
    if (headers['user-agent'] === undefined) return refuse(403, 'Request forbidden by administrative rules.');
    const signIn = app?.answer(asked) ?? null;
    if (signIn !== null) return signIn;
    const given = bearer(headers) ?? /^token (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given !== token && (given === undefined || app?.accepts(given) !== true))
      return refuse(401, given === undefined ? 'Requires authentication' : 'Bad credentials');
    return method === 'POST' && path === '/graphql' ? answer(body) : refuse(404, 'Not Found');
  };
}

function parseBody(body: string): { readonly query: string; readonly variables: Variables } {
  const parsed: unknown = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || !('query' in parsed) || typeof parsed.query !== 'string')
    throw new QueryError('A query attribute must be specified and must be a string.');
  const variables = 'variables' in parsed && typeof parsed.variables === 'object' ? parsed.variables : null;
  return { query: parsed.query, variables: { ...variables } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new QueryError('Problems parsing JSON');
  }
}

function offsetOf(after: unknown): number {
  if (after === null || after === undefined) return 0;
  const match = /^cursor:(\d+)$/.exec(typeof after === 'string' ? Buffer.from(after, 'base64').toString('utf8') : '');
  if (match === null)
    throw new QueryError(`\`${String(after)}\` does not appear to be a valid cursor.`, 'INVALID_CURSOR_ARGUMENTS');
  return Number(match[1]);
}

function headersOf({ limit, remaining, resetAt }: Points): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-ratelimit-used': String(limit - Math.max(0, remaining)),
    'x-ratelimit-reset': String(resetAt),
    'x-ratelimit-resource': 'graphql',
  };
}

/** An error answer in GitHub's form. */
export function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return json(
    status,
    { message, documentation_url: 'https://docs.github.com/graphql', status: String(status) },
    headers,
  );
}
