import { addressOf } from './addresses.ts';
import { AGENTS, plainLogin, toolsOf } from './evidence.ts';
import type { Told } from './page.ts';
import { trailersOf } from './trailers.ts';

/** An account as far as we keep it; id and login are names until disguised. */
export interface Account {
  readonly kind: 'person' | 'bot' | 'ai_agent' | 'unknown';
  readonly id: string | null;
  readonly login: string | null;
}

/** A merged pull request without a word of it. */
export interface Pull {
  readonly id: string;
  readonly repository: string;
  readonly merged_at: string | null;
  readonly size: number;
  readonly is_default_branch: boolean | null;
  readonly is_revert: boolean;
  readonly tools: readonly string[];
  /** Whether every commit could be looked at: else no trace does not mean none. */
  readonly is_seen_whole: boolean;
  readonly author: Account;
  /** An address of the author at a real mailbox, from a commit that the vendor links to the account. */
  readonly author_email: string | null;
  /** The person who asked an agent for it. */
  readonly credited: Account | null;
}

function accountOf(of: Told['author']): Account {
  const { __typename: type, login, databaseId } = of ?? {};
  if (login === undefined || databaseId === null || databaseId === undefined) {
    return { kind: 'unknown', id: null, login: null };
  }
  const isBot = type === 'Bot' || login.endsWith('[bot]');
  const kind = isBot ? (plainLogin(login) in AGENTS ? 'ai_agent' : 'bot') : type === 'User' ? 'person' : 'unknown';
  return { kind, id: String(databaseId), login };
}

const person = (login: string, id: number | string | null | undefined): Account[] =>
  id === null || id === undefined || login.endsWith('[bot]') ? [] : [{ kind: 'person', id: String(id), login }];

/** The person behind an agent: who is named as co-author, else who it was assigned to, else who merged it. */
function creditedFor(told: Told, coAuthors: readonly string[]): Account | null {
  const commits = told.commits.nodes.map(({ commit }) => commit);
  const assigned = (told.assignees?.nodes ?? []).flatMap(({ login, databaseId }) => person(login, databaseId));
  const merger = accountOf(told.mergedBy);
  const merged = merger.kind === 'person' ? [merger] : [];
  const users = commits.flatMap(({ author }) =>
    author?.user ? person(author.user.login, author.user.databaseId) : [],
  );
  const known = [...assigned, ...merged, ...users];
  const named = coAuthors.flatMap((text): Account[] => {
    const address = addressOf(text);
    if (address.kind === 'account') return person(address.login, address.id);
    if (address.kind === 'login') return known.filter(({ login }) => login?.toLowerCase() === address.login);
    if (address.kind !== 'mailbox') return [];
    const linked = commits.find(({ author }) => author?.user && sameMailbox(author.email, address.address))?.author;
    return linked?.user ? person(linked.user.login, linked.user.databaseId) : [];
  });
  return [...named, ...assigned, ...merged][0] ?? null;
}

const sameMailbox = (email: string | null, address: string): boolean => email?.trim().toLowerCase() === address;

function mailboxOf(told: Told, author: Account): string | null {
  for (const { commit } of told.commits.nodes) {
    const { email, user } = commit.author ?? { email: null, user: null };
    if (email === null || author.id === null || String(user?.databaseId) !== author.id) continue;
    const address = addressOf(email);
    if (address.kind === 'mailbox') return address.address;
  }
  return null;
}

/** The button's title, its body, its branch: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/reverting-a-pull-request */
const isRevert = ({ title, body, headRefName }: Told): boolean =>
  title.startsWith('Revert "') || /^Reverts \S+#\d+/m.test(body ?? '') || /^revert-\d+-/.test(headRefName);

/** Reduces a pull request to what follows from its words. */
export function derive(told: Told): Pull {
  const author = accountOf(told.author);
  const messages = [told.mergeCommit?.messageBody ?? '', ...told.commits.nodes.map(({ commit }) => commit.messageBody)];
  const trailers = trailersOf(messages);
  const branch = told.repository.defaultBranchRef;
  return {
    id: told.fullDatabaseId,
    repository: told.repository.nameWithOwner,
    merged_at: told.mergedAt,
    size: told.additions + told.deletions,
    is_default_branch: branch === null ? null : told.baseRefName === branch.name,
    is_revert: isRevert(told),
    tools: toolsOf(told, trailers, author),
    is_seen_whole: told.commits.totalCount <= told.commits.nodes.length,
    author,
    author_email: author.kind === 'person' ? mailboxOf(told, author) : null,
    credited: author.kind === 'ai_agent' ? creditedFor(told, trailers.coAuthors) : null,
  };
}
