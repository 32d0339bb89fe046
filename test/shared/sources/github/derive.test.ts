import { describe, expect, it } from 'vitest';
import { derive } from '../../../../shared/sources/github/derive.ts';
import type { Told } from '../../../../shared/sources/github/page.ts';

const commit = (messageBody: string, email = 'kim@acme.example', user: Told['assignees'] | null = null) => ({
  commit: { messageBody, author: { email, user: user?.nodes[0] ?? null } },
});
const plain: Told = {
  fullDatabaseId: '1',
  title: 'Add a thing',
  body: 'What and why.',
  mergedAt: '2026-11-20T10:00:00Z',
  additions: 3,
  deletions: 1,
  baseRefName: 'main',
  headRefName: 'kim/thing',
  repository: { nameWithOwner: 'acme/app', defaultBranchRef: { name: 'main' } },
  author: { __typename: 'User', login: 'kim', databaseId: 7 },
  mergedBy: null,
  mergeCommit: null,
  labels: { nodes: [] },
  assignees: { nodes: [] },
  commits: { totalCount: 1, nodes: [commit('')] },
};
const commits = (...messages: string[]) => ({
  commits: { totalCount: messages.length, nodes: messages.map((message) => commit(message)) },
});

describe('AI tools', () => {
  it.each<[string, Partial<Told>, string[]]>([
    ['nothing', {}, []],
    ['a trailer of Claude Code', commits('Body.\n\nCo-Authored-By: Claude <noreply@anthropic.com>'), ['claude_code']],
    ['a trailer in any case', commits('co-authored-by: X <NoReply@Anthropic.com>'), ['claude_code']],
    ['a session of Claude Code', commits('Body.\n\nClaude-Session: https://claude.ai/x'), ['claude_code']],
    ['a link in the description', { body: 'Made with https://claude.com/claude-code' }, ['claude_code']],
    ['a label', { labels: { nodes: [{ name: 'claude-code-assisted' }] } }, ['claude_code']],
    ['the branch of the Copilot agent', { headRefName: 'copilot/fix-1' }, ['copilot_agent']],
    ['the branch of Codex', { headRefName: 'codex/fix-1' }, ['codex']],
    ['a commit by an agent', { commits: { totalCount: 1, nodes: [commit('', 'cursoragent@cursor.com')] } }, ['cursor']],
    [
      'two tools in a squashed message',
      {
        mergeCommit: {
          messageBody:
            '* One\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n\n* Two\n\nCo-Authored-By: Claude <noreply@anthropic.com>',
        },
      },
      ['claude_code', 'cursor'],
    ],
    ['an agent as author', { author: { __typename: 'Bot', login: 'devin-ai-integration', databaseId: 5 } }, ['devin']],
    ['a person of that name', { author: { __typename: 'User', login: 'copilot', databaseId: 5 } }, []],
    [
      'a sentence that quotes a trailer',
      commits('We drop Co-Authored-By: Claude <noreply@anthropic.com> lines\nfrom now on.'),
      [],
    ],
    ['an address in words', { body: 'Ask noreply@anthropic.com' }, []],
  ])('sees %s', (_what, change, tools) => {
    expect(derive({ ...plain, ...change }).tools).toEqual(tools);
  });
});

describe('the person behind an agent', () => {
  const agent = { author: { __typename: 'Bot', login: 'copilot-swe-agent', databaseId: 198982749 } };
  const ana = { login: 'ana-ruiz', databaseId: 9001 };
  const tom = { __typename: 'User', login: 'tom', databaseId: 9002 };
  const by = (address: string) => commits(`Co-authored-by: Ana <${address}>`);

  it.each<[string, Partial<Told>, string | null]>([
    ['the co-author by account id', { ...by('9001+ana-ruiz@users.noreply.github.com'), mergedBy: tom }, '9001'],
    [
      'the co-author by login, where the login is known',
      { ...by('ana-ruiz@users.noreply.github.com'), assignees: { nodes: [ana] }, mergedBy: tom },
      '9001',
    ],
    ['the assignee', { assignees: { nodes: [ana] }, mergedBy: tom }, '9001'],
    ['who merged it', { mergedBy: tom }, '9002'],
    [
      'nobody: a merge queue is no person',
      { mergedBy: { __typename: 'Bot', login: 'merge-queue', databaseId: 3 } },
      null,
    ],
    ['not the web committer', { ...by('noreply@github.com'), mergedBy: tom }, '9002'],
    ['not a mailbox that no account is linked to', { ...by('ana@acme.example'), mergedBy: tom }, '9002'],
    [
      'the account that commits from the mailbox',
      {
        commits: {
          totalCount: 2,
          nodes: [commit('Co-authored-by: Ana <ana@acme.example>'), commit('', 'Ana@acme.example', { nodes: [ana] })],
        },
        mergedBy: tom,
      },
      '9001',
    ],
  ])('is %s', (_who, change, id) => {
    expect(derive({ ...plain, ...agent, ...change }).credited?.id ?? null).toBe(id);
  });

  it('is nobody for work of a person, or of a bot that nobody asks', () => {
    const bot = { author: { __typename: 'Bot', login: 'dependabot', databaseId: 49699333 } };
    expect([
      derive({ ...plain, mergedBy: tom }).credited,
      derive({ ...plain, ...bot, mergedBy: tom }).credited,
    ]).toEqual([null, null]);
  });
});

describe('reverts', () => {
  it.each<[string, Partial<Told>, boolean]>([
    ['the title of the button', { title: 'Revert "Add a thing"' }, true],
    ['the line of the button', { body: 'It broke.\n\nReverts acme/app#12' }, true],
    ['the branch of the button', { headRefName: 'revert-12-thing' }, true],
    ['a title about reverting', { title: 'Revert to the old colour' }, false],
  ])('knows %s', (_what, change, is_revert) => {
    expect(derive({ ...plain, ...change }).is_revert).toBe(is_revert);
  });
});

it('keeps no word of a pull request', () => {
  const words = derive({
    ...plain,
    title: 'SECRET title',
    body: 'SECRET body',
    headRefName: 'SECRET-branch',
    baseRefName: 'SECRET-base',
    labels: { nodes: [{ name: 'SECRET label' }] },
    ...commits('SECRET message'),
  });
  expect(JSON.stringify(words)).not.toContain('SECRET');
});

it('does not know the branch of a repository without a default one', () => {
  const empty = derive({ ...plain, repository: { nameWithOwner: 'acme/app', defaultBranchRef: null } });
  expect(empty.is_default_branch).toBeNull();
});
