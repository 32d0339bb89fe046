import { instantText } from '../calendar.ts';
import { Random } from '../random.ts';
import type { Author, Change } from './change.ts';
import type { Node } from './graphql-run.ts';
import { agentMarks, branchOf, titleOf } from './wording.ts';

const AGENT = { login: 'copilot-swe-agent', databaseId: 198_982_749 } as const;
const AGENT_EMAIL = '198982749+Copilot@users.noreply.github.com';

/** The id that both of GitHub's APIs give a pull request: 64 bits, as text. */
export function databaseIdOf({ repository, number }: Change): string {
  return String(BigInt(repository.databaseId) * 100_000n + BigInt(number));
}

/** A merged pull request as GraphQL shows it, with every field that can be asked for. */
export function pullRequestNode(change: Change): Node {
  const random = new Random(change.grain);
  const author = actorNode(change.author);
  const login = loginOf(change.author);
  const title = change.isRevert ? `Revert "${titleOf(random)}"` : titleOf(random);
  const trailer = change.isAssisted ? trailerOf(change.author, random) : '';
  const isMarked = change.isAssisted && change.author.kind !== 'agent' && random.next() < 0.6;
  const reverted = change.number - 1 - random.between(0, 40);
  const lines = [
    change.isRevert ? `Reverts ${change.repository.nameWithOwner}#${reverted}` : 'Made as agreed in the ticket.',
    ...(isMarked ? [agentMarks.bodyLine] : []),
  ];
  const count = change.author.kind === 'bot' ? 1 : random.between(1, 4);
  const additions = change.author.kind === 'bot' ? random.between(1, 40) : Math.round(90 * random.spread(1.1)) + 1;
  const branch = change.isRevert
    ? `revert-${reverted}-${branchOf(login, 'earlier')}`
    : change.author.kind === 'agent'
      ? branchOf('copilot', title)
      : branchOf(change.author.kind === 'bot' ? `${login}/npm_and_yarn` : login, title);
  return {
    __typename: 'PullRequest',
    id: `PR_kw${Buffer.from(`${change.repository.databaseId}:${change.number}`).toString('base64url')}`,
    fullDatabaseId: databaseIdOf(change),
    number: change.number,
    url: `https://github.com/${change.repository.nameWithOwner}/pull/${change.number}`,
    title,
    body: lines.join('\n\n'),
    state: 'MERGED',
    merged: true,
    isDraft: false,
    createdAt: instantText(change.createdAt * 1000),
    publishedAt: instantText(change.createdAt * 1000),
    updatedAt: instantText((change.mergedAt + random.between(1, 7200)) * 1000),
    mergedAt: instantText(change.mergedAt * 1000),
    closedAt: instantText(change.mergedAt * 1000),
    additions,
    deletions: Math.floor(additions * random.next()),
    changedFiles: 1 + Math.floor(Math.sqrt(additions) * random.next()),
    baseRefName: change.base,
    headRefName: branch,
    isCrossRepository: change.author.kind === 'outsider',
    repository: repositoryNode(change),
    author,
    mergedBy: author !== null && author.__typename === 'User' ? author : null,
    mergeCommit: mergeCommitNode(change, title, trailer, random),
    labels: connection('Label', isMarked ? [agentMarks.label] : [], (name) => ({ __typename: 'Label', name })),
    assignees: connection('User', change.author.kind === 'agent' ? [change.author] : [], ({ askedBy }) =>
      userNode(askedBy.githubLogin, askedBy.githubId),
    ),
    reviews: reviewsNode(change, random),
    commits: connection(
      'PullRequestCommit',
      Array.from({ length: count }, (_, index) => index),
      (index) => ({
        __typename: 'PullRequestCommit',
        commit: commitNode(change, index, index === count - 1 ? trailer : '', random),
      }),
    ),
    closingIssuesReferences: connection('Issue', [], () => ({ __typename: 'Issue' })),
  };
}

function connection<Item>(type: string, items: readonly Item[], node: (item: Item) => Node): Node {
  const nodes = items.map(node);
  return { __typename: `${type}Connection`, totalCount: nodes.length, nodes };
}

function userNode(login: string, databaseId: number): Node {
  return { __typename: 'User', login, databaseId };
}

function actorNode(author: Author): Node | null {
  switch (author.kind) {
    case 'person':
      return userNode(author.person.githubLogin, author.person.githubId);
    case 'outsider':
      return userNode(author.login, author.databaseId);
    case 'bot':
      return { __typename: 'Bot', login: author.login, databaseId: author.databaseId };
    case 'agent':
      return { __typename: 'Bot', ...AGENT };
    case 'deleted':
      return null;
    default:
      return author satisfies never;
  }
}

function loginOf(author: Author): string {
  if (author.kind === 'person') return author.person.githubLogin;
  if (author.kind === 'deleted') return 'ghost';
  return author.kind === 'agent' ? AGENT.login : author.login;
}

function trailerOf(author: Author, random: Random): string {
  if (author.kind !== 'agent') return random.pick(agentMarks.trailers);
  const { githubId, githubLogin } = author.askedBy;
  return `Co-authored-by: ${githubLogin} <${githubId}+${githubLogin}@users.noreply.github.com>`;
}

function repositoryNode({ repository }: Change): Node {
  return {
    __typename: 'Repository',
    databaseId: repository.databaseId,
    name: repository.name,
    nameWithOwner: repository.nameWithOwner,
    isArchived: false,
    isFork: false,
    isPrivate: true,
    defaultBranchRef: { __typename: 'Ref', name: 'main' },
  };
}

/** A rebase leaves no commit of its own; a squash repeats the trailers of the branch. */
function mergeCommitNode(change: Change, title: string, trailer: string, random: Random): Node | null {
  if (change.merge === 'rebase') return null;
  const body = change.merge === 'squash' && trailer !== '' ? `* ${title}\n\n---------\n\n${trailer}` : '';
  const headline = change.merge === 'squash' ? `${title} (#${change.number})` : `Merge pull request #${change.number}`;
  return { __typename: 'Commit', oid: oid(random), messageHeadline: headline, messageBody: body };
}

function commitNode(change: Change, index: number, trailer: string, random: Random): Node {
  const at = instantText((change.createdAt - 600 + index * 120) * 1000);
  return {
    __typename: 'Commit',
    oid: oid(random),
    authoredDate: at,
    committedDate: at,
    messageHeadline: `Step ${index + 1}`,
    messageBody: trailer,
    author: gitActorNode(change.author, random),
  };
}

function gitActorNode(author: Author, random: Random): Node {
  const actor = (name: string, email: string, user: Node | null): Node => ({
    __typename: 'GitActor',
    name,
    email,
    user,
  });
  if (author.kind === 'agent') return actor('copilot-swe-agent[bot]', AGENT_EMAIL, null);
  if (author.kind === 'deleted') return actor('ghost', 'gone@home-laptop.invalid', null);
  if (author.kind !== 'person') {
    const node = author.kind === 'bot' ? null : userNode(author.login, author.databaseId);
    return actor(author.login, `${author.databaseId}+${author.login}@users.noreply.github.com`, node);
  }
  const { name, email, githubId, githubLogin } = author.person;
  const masked = `${githubId}+${githubLogin}@users.noreply.github.com`;
  return actor(name, random.next() < 0.7 ? masked : email, userNode(githubLogin, githubId));
}

function reviewsNode(change: Change, random: Random): Node {
  const count = change.author.kind === 'bot' ? 0 : random.between(0, 2);
  const times = Array.from(
    { length: count },
    (_, index) => change.createdAt + Math.floor(((change.mergedAt - change.createdAt) * (index + 1)) / (count + 1)),
  );
  return connection('PullRequestReview', times, (time) => ({
    __typename: 'PullRequestReview',
    submittedAt: instantText(time * 1000),
    state: random.next() < 0.7 ? 'APPROVED' : 'COMMENTED',
    author: { __typename: 'Bot', login: 'copilot-pull-request-reviewer', databaseId: 175_728_472 },
  }));
}

function oid(random: Random): string {
  return Array.from({ length: 5 }, () => random.between(0, 0xffffffff).toString(16).padStart(8, '0')).join('');
}
