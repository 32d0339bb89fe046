import type { Pseudonyms } from '../../pseudonym.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Disguised,
  defineSource,
  type Identity,
  type Principal,
  type SourceRow,
} from '../../source.ts';
import { outputs } from '../../tables/outputs.ts';
import { instant, millis } from '../../time.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import type { Account, Pull } from './derive.ts';
import { type SearchPage, searchPage } from './page.ts';
import { MERGED_PULL_REQUESTS, PAGE_SIZE } from './query.ts';
import { graphql } from './vendor.ts';

/** A search reaches 1,000 results; above this many its time is halved: https://docs.github.com/en/rest/search/search */
const SPLIT_ABOVE = 900;
const SECOND = 1000;

const seconds = (ms: number): string => instant(ms).replace(/\.\d+Z$/, 'Z');

/** The search for what was merged from `from` up to but not including `to`; its ranges include both ends, to the second. */
function search({ connection }: Asking, from: number, to: number, cursor: string | null = null): Ask {
  const { organization } = connection.settings;
  if (organization === undefined) {
    throw new Error(`${connection.id} names no organization; add settings: { organization: '…' } to the connection`);
  }
  const q = `org:${organization} is:pr is:merged merged:${seconds(from)}..${seconds(to - SECOND)} sort:created-asc`;
  return {
    ...graphql(connection.baseUrl, MERGED_PULL_REQUESTS, { q, cursor, pageSize: PAGE_SIZE }),
    about: { from: instant(from), to: instant(to), page: cursor === null ? 'first' : 'next' },
  };
}

/** The time that a search covers, in epoch milliseconds. */
const spanOf = ({ about }: Ask): { from: number; to: number } => ({
  from: millis(about?.from ?? ''),
  to: millis(about?.to ?? ''),
});

/** Whether a search found too much and is asked again in halves, so that nothing of its own page counts. */
function isSplit({ asked, page }: Answer<SearchPage>): boolean {
  const { from, to } = spanOf(asked);
  return asked.about?.page === 'first' && page.issueCount > SPLIT_ABOVE && to - from > SECOND;
}

function next(at: Answer<SearchPage> & Asking & { readonly soFar: readonly Answer<SearchPage>[] }): Ask[] {
  const { from, to } = spanOf(at.asked);
  if (isSplit(at)) {
    const middle = from + Math.ceil((to - from) / 2 / SECOND) * SECOND;
    return [search(at, from, middle), search(at, middle, to)];
  }
  const { issueCount, pageInfo } = at.page;
  if (pageInfo.hasNextPage) return [search(at, from, to, pageInfo.endCursor)];
  const read = new Set(
    at.soFar
      .filter(({ asked }) => asked.about?.from === at.asked.about?.from && asked.about?.to === at.asked.about?.to)
      .flatMap(({ page }) => page.nodes.map(({ id }) => id)),
  );
  if (read.size < issueCount) {
    throw new Error(
      `${at.connection.id} counts ${issueCount} merged pull requests from ${seconds(from)} to ${seconds(to)} and gave ${read.size}; they are asked again`,
    );
  }
  return [];
}

interface Shown {
  readonly account: Account;
  readonly identities: readonly Identity[];
  readonly principals: readonly Principal[];
}

function disguiseAccount(of: Account, names: Pseudonyms, email: string | null): Shown {
  if (of.id === null || of.login === null) return { account: of, identities: [], principals: [] };
  const id = names.user('github', of.id);
  const login_hint = names.login('github', of.login);
  const account = { ...of, id, login: null };
  return of.kind === 'person'
    ? {
        account,
        identities: [identityOf({ kind: 'person', id, email, login: of.login })],
        principals: [
          principalOf({ kind: 'person', id, login_hint, email_hint: email === null ? null : names.email(email) }),
        ],
      }
    : {
        account,
        identities: [identityOf({ kind: 'service', id, login: of.login, label: of.login })],
        principals: [principalOf({ kind: 'service', id, login_hint })],
      };
}

function disguise(page: SearchPage, names: Pseudonyms): Disguised<SearchPage> {
  const shown = page.nodes.map((pull) => ({
    pull,
    author: disguiseAccount(pull.author, names, pull.author_email),
    credited: pull.credited === null ? null : disguiseAccount(pull.credited, names, null),
  }));
  const all = shown.flatMap(({ author, credited }) => (credited === null ? [author] : [credited, author]));
  return {
    page: {
      ...page,
      nodes: shown.map(({ pull, author, credited }) => ({
        ...pull,
        author: author.account,
        author_email: null,
        credited: credited?.account ?? null,
      })),
    },
    // Who told an address stands before who did not.
    identities: once(all.flatMap(({ identities }) => identities).sort(knownLast)),
    principals: once(all.flatMap(({ principals }) => principals).sort(hintedLast)),
  };
}

const knownLast = (a: Identity, b: Identity): number => Number(a.email !== null) - Number(b.email !== null);
const hintedLast = (a: Principal, b: Principal): number =>
  Number(a.email_hint !== null) - Number(b.email_hint !== null);

function rowOf(pull: Pull, mergedAt: string): SourceRow<typeof outputs> {
  const at = instant(millis(mergedAt));
  return {
    day: at.slice(0, 10),
    event_id: `github:pr_merged:${pull.id}`,
    system: 'github',
    kind: 'pr_merged',
    principal_id: pull.author.id,
    credited_id: pull.credited?.id ?? null,
    actor_type: pull.author.kind,
    repository: pull.repository,
    project: null,
    team_hint: null,
    completed_at: at,
    size: pull.size,
    is_default_branch: pull.is_default_branch,
    is_revert: pull.is_revert,
    ai_assisted: pull.tools.length > 0 ? 'yes' : pull.is_seen_whole ? 'none_detected' : 'unknown',
    ai_tools: pull.tools.length > 0 ? pull.tools.join(',') : null,
    retracted: false,
  };
}

function* rows(answers: readonly Answer<SearchPage>[]): Generator<SourceRow<typeof outputs>> {
  const pulls = answers.filter((answer) => !isSplit(answer)).flatMap(({ page }) => page.nodes);
  // A page may repeat what moved while it was turned; only `merged_at` says that something was merged.
  for (const pull of new Map(pulls.map((each) => [each.id, each])).values()) {
    if (pull.merged_at !== null) yield rowOf(pull, pull.merged_at);
  }
}

/** Pull requests merged in the organisation: who made them, how large, with which tools. */
export const githubPullRequests = defineSource<typeof outputs, SearchPage>({
  id: 'github_pull_requests',
  vendor: 'github',
  title: 'GitHub merged pull requests',
  kind: 'period',
  table: outputs,
  // A merge is final; the index of the search lags by minutes: https://docs.github.com/en/search-github
  settles: [0, 1, 2, 7],
  lag: { usualHours: 1, worstHours: 24 },
  span: 31,
  reach: null,
  page: searchPage,
  exact: ['fullDatabaseId'],
  ask: (asking) => [search(asking, millis(asking.window.from), millis(asking.window.to))],
  next,
  disguise,
  rows,
  blindSpots:
    'Repositories that the token cannot see (search leaves them out without a word), commits pushed without a pull request, and AI tools that leave no trace (https://docs.github.com/en/rest/search/search).',
});
