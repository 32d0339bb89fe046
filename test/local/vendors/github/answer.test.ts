import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { githubAnswers } from '../../../../local/vendors/github/answer.ts';
import { installApp } from '../../../../local/vendors/github/app.ts';
import { bodyOf, get, MORNING, recorded, setting, shapeOf } from '../asking.ts';
import { authorizationOf } from './app-token.ts';

const TOKEN = 'github_pat_test';
const HEADERS = { authorization: `Bearer ${TOKEN}`, 'user-agent': 'test' };
const world = makeWorld(setting);
const server = (now = () => MORNING, of = world) => githubAnswers(of, TOKEN, now);
const post = (query: string, variables: object, answers = server()) =>
  bodyOf(answers({ ...get('/graphql', HEADERS), method: 'POST', body: JSON.stringify({ query, variables }) }));

const { query: FULL } = recorded('github-search.request') as { query: string };
const SMALL =
  'query($q:String!,$c:String){ search(type: ISSUE, query: $q, first: 100, after: $c) { issueCount pageInfo { hasNextPage endCursor } nodes { ... on PullRequest { fullDatabaseId mergedAt createdAt title headRefName author { __typename login } mergeCommit { messageBody } repository { nameWithOwner } } } } }';
const merged = (range: string) => `org:halden-systems is:pr is:merged archived:false merged:${range} sort:created-asc`;

interface PullRequest {
  readonly fullDatabaseId: string;
  readonly mergedAt: string;
  readonly createdAt: string;
  readonly title: string;
  readonly headRefName: string;
  readonly author: { readonly __typename: string; readonly login: string } | null;
  readonly mergeCommit: { readonly messageBody: string } | null;
}

interface Search {
  readonly nodes: readonly PullRequest[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

function allPages(q: string, answers = server()): readonly PullRequest[] {
  const found: PullRequest[] = [];
  let cursor: string | null = null;
  do {
    const search: Search = post(SMALL, { q, c: cursor }, answers).data.search;
    found.push(...search.nodes);
    cursor = search.pageInfo.hasNextPage ? search.pageInfo.endCursor : null;
  } while (cursor !== null);
  return found;
}

describe('the search for merged pull requests', () => {
  it('has exactly the fields of a recorded answer to the same question', () => {
    const answer = post(FULL, { q: merged('2026-10-01..2026-11-20'), cursor: null, pageSize: 100 });
    const unused = /closingIssuesReferences\.nodes\[\]/;
    const shape = shapeOf(answer).filter((path) => !unused.test(path));
    const known = shapeOf(recorded('github-search')).filter((path) => !unused.test(path));
    expect(shape).toEqual(known);
  });

  it('answers only what is asked, under the name asked for', () => {
    const { data } = post(
      '{ found: search(type: ISSUE, query: "org:halden-systems is:pr is:merged", first: 1) { nodes { ...pr } } } fragment pr on PullRequest { n: number }',
      {},
    );
    expect(data).toEqual({ found: { nodes: [{ n: expect.any(Number) }] } });
  });

  it('finds the same in two halves of a day as in the whole, ends included', () => {
    const whole = allPages(merged('2026-11-17T00:00:00Z..2026-11-17T23:59:59Z'));
    const middle = whole.map(({ mergedAt }) => mergedAt).sort()[Math.floor(whole.length / 2)] ?? '';
    const before = new Date(Date.parse(middle) - 1000).toISOString().replace('.000', '');
    const halves = [
      ...allPages(merged(`2026-11-17T00:00:00Z..${before}`)),
      ...allPages(merged(`${middle}..2026-11-17T23:59:59Z`)),
    ];
    const ids = (found: readonly PullRequest[]) => found.map(({ fullDatabaseId }) => fullDatabaseId).sort();
    expect(ids(halves)).toEqual(ids(whole));
    expect(whole.length).toBeGreaterThan(8);
    expect(allPages(merged('2026-11-17'))).toEqual(whole);
  });

  it('sorts by creation and gives every pull request once', () => {
    const found = allPages(merged('2026-11-01..2026-11-20'));
    const times = found.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
    expect(new Set(found.map(({ fullDatabaseId }) => fullDatabaseId)).size).toBe(found.length);
  });

  it('counts all but lets only a thousand be reached', () => {
    const large = server(() => MORNING, makeWorld({ ...setting, developers: 150 }));
    const q = merged('2026-10-01..2026-11-20');
    expect(post(SMALL, { q, c: null }, large).data.search.issueCount).toBeGreaterThan(2000);
    expect(allPages(q, large)).toHaveLength(1000);
  });

  it("knows people, bots, an agent, deleted authors, reverts and agents' trailers", () => {
    const found = allPages(merged('2026-10-01..2026-11-20'));
    const authors = new Set(
      found.map(({ author }) => (author?.__typename === 'Bot' ? author.login : (author?.__typename ?? null))),
    );
    expect(authors).toEqual(new Set(['User', 'dependabot', 'renovate', 'copilot-swe-agent', null]));
    expect(found.filter(({ title }) => title.startsWith('Revert "')).length).toBeGreaterThan(2);
    expect(found.filter(({ mergeCommit }) => mergeCommit === null).length).toBeGreaterThan(2);
    const signed = found.filter(({ mergeCommit }) =>
      /co-authored-by: .*<noreply@anthropic.com>/i.test(mergeCommit?.messageBody ?? ''),
    );
    expect(signed.length / found.length).toBeGreaterThan(0.1);
    expect(found.filter(({ headRefName }) => headRefName.startsWith('copilot/')).length).toBeGreaterThan(2);
  });

  it('shows nothing that is not merged yet', () => {
    const noon = Date.parse('2026-11-17T12:00:00Z');
    const found = allPages(
      merged('2026-11-17'),
      server(() => noon),
    );
    expect(
      found
        .map(({ mergedAt }) => mergedAt)
        .sort()
        .at(-1)
        ?.localeCompare('2026-11-17T12:00:01Z'),
    ).toBe(-1);
  });

  it.each([
    ['another organisation', 'org:elsewhere is:pr is:merged'],
    ['work not merged', 'org:halden-systems is:pr is:open'],
  ])('finds nothing of %s', (_, q) => {
    expect(post(SMALL, { q, c: null }).data.search.issueCount).toBe(0);
  });
});

describe('errors and limits', () => {
  it.each([
    [
      'a page above a hundred',
      '{ search(type: ISSUE, query: "x", first: 101) { issueCount } }',
      'EXCESSIVE_PAGINATION',
    ],
    ['no page size', '{ search(type: ISSUE, query: "x") { issueCount } }', 'MISSING_PAGINATION_BOUNDARIES'],
    [
      'a cursor that is none',
      '{ search(type: ISSUE, query: "x", first: 1, after: "zzz") { issueCount } }',
      'INVALID_CURSOR_ARGUMENTS',
    ],
  ])('answer %s with 200 and an error', (_, query, type) => {
    expect(post(query, {}).errors[0].type).toBe(type);
  });

  it.each([
    ['a field that is not there', '{ viewer { shoeSize } }', "Field 'shoeSize' doesn't exist on type 'User'"],
    ['an object without fields', '{ viewer }', "Field must have selections (field 'viewer' returns User)"],
    ['broken text', '{ viewer { login }', 'Parse error on end of file'],
  ])('name %s', (_, query, message) => {
    expect(post(query, {})).toEqual({ errors: [{ message }] });
  });

  it.each([
    ['no token', { 'user-agent': 'test' }, 401],
    ['a wrong token', { ...HEADERS, authorization: 'Bearer other' }, 401],
    ['no user agent', { authorization: `Bearer ${TOKEN}` }, 403],
    ['the older form of sign-in', { ...HEADERS, authorization: `token ${TOKEN}` }, 200],
  ])('meet %s as the vendor does', (_, headers, status) => {
    const body = JSON.stringify({ query: '{ viewer { login } }' });
    expect(server()({ ...get('/graphql', headers), method: 'POST', body }).status).toBe(status);
  });

  it('take a token and an app alike', async () => {
    const app = installApp(setting.seed, 'github', () => MORNING);
    const answers = githubAnswers(world, TOKEN, () => MORNING, app);
    const status = (authorization: string) => {
      const body = JSON.stringify({ query: '{ viewer { login } }' });
      return answers({ ...get('/graphql', { ...HEADERS, authorization }), method: 'POST', body }).status;
    };
    expect([HEADERS.authorization, await authorizationOf(app), 'Bearer ghs_other'].map(status)).toEqual([
      200, 200, 401,
    ]);
  });

  it('count a point a request by the clock and refuse with 200 when none is left', () => {
    let now = MORNING;
    const answers = server(() => now);
    const rate = () => post('{ rateLimit { remaining resetAt } }', {}, answers);
    expect(rate()).toEqual({ data: { rateLimit: { remaining: 4999, resetAt: '2026-11-25T07:00:00Z' } } });
    Array.from({ length: 4999 }, rate);
    expect(rate().errors[0].type).toBe('RATE_LIMITED');
    now += 3_600_000;
    expect(rate().data.rateLimit.remaining).toBe(4999);
  });
});
