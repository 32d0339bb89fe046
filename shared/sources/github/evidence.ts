import { addressOf } from './addresses.ts';
import type { Account } from './derive.ts';
import type { Told } from './page.ts';
import type { Trailers } from './trailers.ts';

/** Agents that open pull requests themselves: the tool behind the login of their account. */
export const AGENTS: Readonly<Record<string, string>> = {
  'copilot-swe-agent': 'copilot_agent',
  copilot: 'copilot_agent',
  'google-labs-jules': 'jules',
  'devin-ai-integration': 'devin',
};

/** One name for an account that REST calls `dependabot[bot]` and GraphQL `dependabot`. */
export const plainLogin = (login: string): string => login.replace(/\[bot\]$/, '').toLowerCase();

/** Beginnings of branches that an agent cannot help: https://docs.github.com/en/copilot/concepts/agents/coding-agent/about-coding-agent */
const BRANCHES: readonly (readonly [string, string])[] = [
  ['copilot/', 'copilot_agent'],
  ['codex/', 'codex'],
];

/** Labels and links that a tool leaves: https://code.claude.com/docs/en/settings */
const LABELS: Readonly<Record<string, string>> = { 'claude-code-assisted': 'claude_code' };
const LINKS: readonly (readonly [RegExp, string])[] = [[/https:\/\/claude\.(com|ai)\/(claude-)?code\b/, 'claude_code']];

/** AI tools that left a trace, sorted. No trace proves nothing: attribution can be turned off. */
export function toolsOf(told: Told, { coAuthors, hasSession }: Trailers, author: Account): string[] {
  const signers = [...coAuthors, ...told.commits.nodes.flatMap(({ commit }) => commit.author?.email ?? [])];
  const agent = author.kind === 'ai_agent' ? (AGENTS[plainLogin(author.login ?? '')] ?? null) : null;
  const found = [
    ...signers.map(addressOf).flatMap((address) => (address.kind === 'tool' ? [address.tool] : [])),
    ...BRANCHES.filter(([prefix]) => told.headRefName.startsWith(prefix)).map(([, tool]) => tool),
    ...LINKS.filter(([link]) => link.test(told.body ?? '')).map(([, tool]) => tool),
    ...(told.labels?.nodes ?? []).flatMap(({ name }) => LABELS[name.toLowerCase()] ?? []),
    ...(hasSession ? ['claude_code'] : []),
    ...(agent === null ? [] : [agent]),
  ];
  return [...new Set(found)].sort();
}
