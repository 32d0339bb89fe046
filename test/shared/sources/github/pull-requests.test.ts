import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Ask } from '../../../../shared/source.ts';
import { githubPullRequests } from '../../../../shared/sources/github/pull-requests.ts';
import { conversationOf, variablesOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where: day, vendor } = conversationOf('github_pull_requests');
const { connection } = day;
const search = 'github/graphql-search-merged-prs';
const heard = converse(githubPullRequests, day, vendor);

const user = (id: number) => names.user('github', id);
const blank = {
  day: '2026-11-20',
  system: 'github',
  kind: 'pr_merged',
  credited_id: null,
  actor_type: 'person',
  project: null,
  team_hint: null,
  is_default_branch: true,
  is_revert: false,
  ai_assisted: 'none_detected',
  ai_tools: null,
  retracted: false,
};

/** The first page with one pull request, changed. */
function single(change: (node: Record<string, unknown>) => void): string {
  const page = z
    .looseObject({
      data: z.looseObject({ search: z.looseObject({ nodes: z.array(z.record(z.string(), z.unknown())) }) }),
    })
    .parse(JSON.parse(recorded(`${search}.page3`)));
  const [node = {}] = page.data.search.nodes;
  change(node);
  page.data.search.issueCount = 1;
  return JSON.stringify(page);
}
const rowsOf = (body: string) => converse(githubPullRequests, day, () => body).rows;

describe('asking', () => {
  it('searches what was merged in the window, to the second, page by page', () => {
    const q = 'org:lumenforge is:pr is:merged merged:2026-11-20T00:00:00Z..2026-11-20T23:59:59Z sort:created-asc';
    expect(heard.asks.map(variablesOf)).toEqual([
      { q, cursor: null, pageSize: 25 },
      { q, cursor: 'Y3Vyc29yOjM=', pageSize: 25 },
      { q, cursor: 'Y3Vyc29yOjY=', pageSize: 25 },
    ]);
    expect(new Set(heard.asks.map(({ url, method }) => `${method} ${url}`))).toEqual(
      new Set(['POST https://github.test/graphql']),
    );
  });

  it('halves a window that holds more than a search can reach, and counts nothing twice', () => {
    const halves = (ask: Ask) => {
      const { q } = variablesOf(ask);
      if (q.includes('T00:00:00Z..2026-11-20T23:59:59Z')) return recorded('github/graphql-search-over-cap');
      return q.includes('T12:00:00Z..')
        ? vendor(ask)
        : '{"data":{"search":{"issueCount":0,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[]}}}';
    };
    const split = converse(githubPullRequests, day, halves);
    expect([...new Set(split.asks.map((ask) => /merged:(\S+)/.exec(variablesOf(ask).q)?.[1]))]).toEqual([
      '2026-11-20T00:00:00Z..2026-11-20T23:59:59Z',
      '2026-11-20T00:00:00Z..2026-11-20T11:59:59Z',
      '2026-11-20T12:00:00Z..2026-11-20T23:59:59Z',
    ]);
    expect(split.rows).toHaveLength(7);
  });

  it('refuses to end with fewer than the search counts', () => {
    const short = (ask: Ask) => vendor(ask).replaceAll('"issueCount": 7', '"issueCount": 8');
    expect(() => converse(githubPullRequests, day, short)).toThrow(
      'github.main counts 8 merged pull requests from 2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z and gave 7',
    );
  });

  it('says what to do when the connection names no organization', () => {
    const nameless = { ...day, connection: { ...connection, settings: {} } };
    expect(() => githubPullRequests.ask(nameless)).toThrow(
      "github.main names no organization; add settings: { organization: '…' } to the connection",
    );
  });

  it('refuses a next page without a cursor to it', () => {
    const body = recorded(`${search}.page1`).replace('"endCursor": "Y3Vyc29yOjM="', '"endCursor": null');
    expect(() => read(githubPullRequests, body)).toThrow('is missing although there is a next page');
  });
});

describe('rows', () => {
  it('says who made each, how large, where to, with which tools', () => {
    expect(heard.rows).toEqual([
      {
        ...blank,
        event_id: 'github:pr_merged:3184883002',
        principal_id: user(5520914),
        repository: 'lumenforge/data-pipelines',
        completed_at: '2026-11-20T11:59:59.000Z',
        size: 790,
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3184407711',
        principal_id: user(41827331),
        repository: 'lumenforge/checkout-api',
        completed_at: '2026-11-20T09:41:07.000Z',
        size: 251,
        ai_assisted: 'yes',
        ai_tools: 'claude_code',
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3185120934',
        principal_id: user(198982749),
        credited_id: user(90114402),
        actor_type: 'ai_agent',
        repository: 'lumenforge/checkout-api',
        completed_at: '2026-11-20T10:15:30.000Z',
        size: 29,
        ai_assisted: 'yes',
        ai_tools: 'copilot_agent',
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3185601177',
        principal_id: null,
        actor_type: 'unknown',
        repository: 'lumenforge/checkout-api',
        completed_at: '2026-11-20T16:41:19.000Z',
        size: 168,
        ai_assisted: 'yes',
        ai_tools: 'cursor',
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3183998120',
        principal_id: user(49699333),
        actor_type: 'bot',
        repository: 'lumenforge/web-storefront',
        completed_at: '2026-11-20T03:27:48.000Z',
        size: 8,
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3185554410',
        principal_id: user(90114402),
        repository: 'lumenforge/web-storefront',
        completed_at: '2026-11-20T14:31:08.000Z',
        size: 353,
        is_revert: true,
      },
      {
        ...blank,
        event_id: 'github:pr_merged:3185777008',
        principal_id: user(23310988),
        repository: 'lumenforge/infra-live',
        completed_at: '2026-11-20T23:59:58.000Z',
        size: 4,
        is_default_branch: false,
      },
    ]);
  });

  it('keeps ids beyond 2^53 as they are, also when they come as numbers', () => {
    const body = single((node) => {
      node.fullDatabaseId = 0;
    }).replace('"fullDatabaseId":0', '"fullDatabaseId":9223372036854775807');
    expect(rowsOf(body).map(({ event_id }) => event_id)).toEqual(['github:pr_merged:9223372036854775807']);
  });

  it('does not say none where not every commit could be looked at', () => {
    const body = single((node) => {
      node.commits = { totalCount: 51, nodes: [] };
    });
    expect(rowsOf(body).map(({ ai_assisted }) => ai_assisted)).toEqual(['unknown']);
  });

  it('counts what was merged, not what was closed (case closed-is-not-merged)', () => {
    const body = single((node) => {
      node.mergedAt = null;
      node.closedAt = '2026-11-20T10:00:00Z';
    });
    expect(rowsOf(body)).toEqual([]);
  });

  it.each([
    ['a bot', { __typename: 'Bot', login: 'dependabot', databaseId: 49699333 }, 'bot', user(49699333)],
    [
      'the same bot as REST spells it',
      { __typename: 'User', login: 'dependabot[bot]', databaseId: 49699333 },
      'bot',
      user(49699333),
    ],
    ['a person', { __typename: 'User', login: 'ana-ruiz', databaseId: 9001 }, 'person', user(9001)],
    ['an account that is gone', null, 'unknown', null],
    ['an author that the question was too narrow for', {}, 'unknown', null],
    ['a placeholder of an import', { __typename: 'Mannequin', login: 'ana', databaseId: 7 }, 'unknown', user(7)],
  ])('knows %s (case author-of-a-bot-is-empty)', (_who, author, actor_type, principal_id) => {
    const body = single((node) => {
      node.author = author;
    });
    expect(rowsOf(body).map((row) => [row.actor_type, row.principal_id])).toEqual([[actor_type, principal_id]]);
  });
});

describe('names', () => {
  it('hands over logins, and the real address of who committed under one', () => {
    const of = (id: string) => ({
      identity: heard.told.identities.find((identity) => identity.id === id),
      principal: heard.told.principals?.find((principal) => principal.id === id),
    });
    expect(of(user(5520914))).toMatchObject({
      identity: { kind: 'person', login: 'dlindqvist', email: 'dag.lindqvist@lumenforge.example' },
      principal: {
        kind: 'person',
        login_hint: names.login('github', 'dlindqvist'),
        email_hint: names.email('dag.lindqvist@lumenforge.example'),
      },
    });
    expect(of(user(41827331))).toMatchObject({
      identity: { login: 'mira-okafor', email: null },
      principal: { email_hint: null },
    });
    expect(of(user(49699333))).toMatchObject({ identity: { kind: 'service', label: 'dependabot' } });
  });
});
