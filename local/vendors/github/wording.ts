import type { Random } from '../random.ts';

const verbs = [
  'Add',
  'Fix',
  'Remove',
  'Rename',
  'Split',
  'Cache',
  'Retry',
  'Document',
  'Speed up',
  'Simplify',
] as const;
const things = [
  'the import job',
  'retries of slow calls',
  'the settings page',
  'paging of results',
  'the nightly report',
  'error messages',
  'the health check',
  'old feature flags',
  'time-outs of the queue',
  'the search index',
] as const;

/** A made-up title of a change, with a ticket in front of two in three. */
export function titleOf(random: Random): string {
  const ticket =
    random.next() < 0.66 ? `${random.pick(['PAY', 'SRCH', 'OPS', 'DATA'])}-${random.between(100, 4999)} ` : '';
  return `${ticket}${random.pick(verbs)} ${random.pick(things)}`;
}

/** A branch name made from a title. */
export function branchOf(login: string, title: string): string {
  return `${login}/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

/** How a coding agent signs what it helped with. */
export const agentMarks = {
  trailers: [
    'Co-Authored-By: Claude Sonnet 5.5 <noreply@anthropic.com>',
    'Co-Authored-By: Claude Opus 5.5 <noreply@anthropic.com>',
    'Co-authored-by: Cursor Agent <cursoragent@cursor.com>',
  ],
  bodyLine: '🤖 Generated with [Claude Code](https://claude.com/claude-code)',
  label: 'claude-code-assisted',
} as const;
