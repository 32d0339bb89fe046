import * as z from 'zod';
import type { Ask, Asking, Connection } from '../../../shared/source.ts';
import { asking, connectionTo, recorded } from './recorded.ts';

/** A recorded conversation: what a source is asked for, and a vendor that answers from recordings. */
export interface Conversation {
  readonly where: Asking;
  readonly vendor: (ask: Ask) => string;
  /** Where the answer's `Link` header says that it goes on. */
  readonly following?: (ask: Ask) => string | null;
}

const anthropic = connectionTo('anthropic', 'https://anthropic.test');
const openai = connectionTo('openai', 'https://openai.test/v1');
const cursor: Connection = {
  ...connectionTo('cursor', 'https://cursor.test'),
  settings: { billing_groups: 'cost_center', plan: 'enterprise' },
};
const openrouter = connectionTo('openrouter', 'https://openrouter.test/api/v1');
const litellm = connectionTo('litellm', 'https://gateway.test');
const chatgpt = { ...connectionTo('chatgpt', 'https://chatgpt.test/v1'), settings: { workspace: 'ws-acme' } };
const devin = connectionTo('devin', 'https://devin.test');
const github = connectionTo('github', 'https://github.test');
const copilot = connectionTo('copilot', 'https://github.test');

const partsOf = ({ url }: Ask) => {
  const { pathname, searchParams } = new URL(url);
  return {
    path: pathname.replace(/^\/v1\/organizations?\//, ''),
    is: (name: string) => searchParams.has(name),
    searchParams,
  };
};
const page = (isNext: boolean): string => `page${isNext ? 2 : 1}`;

const NOTHING = '{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}';

/** Variables of a GraphQL question. */
export const variablesOf = ({ body }: Ask) =>
  z.object({ variables: z.object({ q: z.string(), cursor: z.string().nullable(), pageSize: z.int() }) }).parse(body)
    .variables;
const GITHUB_PAGES = new Map([
  ['Y3Vyc29yOjM=', 2],
  ['Y3Vyc29yOjY=', 3],
]);

const OPENROUTER_KEYS = new Map([
  ['f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943', '.key1'],
  ['9b1e4c1d8a6b0f2e7c5d3a4f6e8091a2b3c4d5e6f708192a3b4c5d6e7f809112', '.key2'],
]);

/** The first offset of a directory has all, the second none. */
function openrouterAnswer({ url }: Ask): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.replace('/api/v1/', '').replace('/', '_');
  if (path === 'activity')
    return recorded(`openrouter/activity${OPENROUTER_KEYS.get(searchParams.get('api_key_hash') ?? '') ?? ''}`);
  return recorded(`openrouter/${path}${path === 'keys' && searchParams.get('offset') !== '0' ? '.end' : ''}`);
}

function devinAnswer({ url }: Ask): string {
  const { pathname, searchParams } = new URL(url);
  const [, of = '', , id] = /enterprise\/(members\/[a-z-]+|consumption\/daily)(\/[a-z-]+\/(.+))?$/.exec(pathname) ?? [];
  const file = of.replace('/', '_');
  if (of.startsWith('members')) return recorded(`devin/${file}.${page(searchParams.has('after'))}`);
  return recorded(`devin/${file}${id === undefined ? '' : `.${id}`}`);
}

const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  anthropic_usage: {
    where: asking(anthropic, '2026-11-24', '2026-11-25'),
    vendor: (ask) => {
      const { searchParams, is } = partsOf(ask);
      const family = searchParams.get('models[]')?.split('-')[1];
      return recorded(family ? `anthropic/usage_part_${family}` : `anthropic/usage_price.${page(is('page'))}`);
    },
  },
  anthropic_costs: {
    where: asking(anthropic, '2026-11-17', '2026-11-20'),
    vendor: (ask) => recorded(`anthropic/analytics_cost.${page(partsOf(ask).is('page'))}`),
  },
  anthropic_principals: {
    where: asking(anthropic, '2026-11-24', '2026-11-25'),
    vendor: (ask) => {
      const { path, is } = partsOf(ask);
      return recorded(`anthropic/${path === 'workspaces' ? path : `${path}.${page(is('after_id'))}`}`);
    },
  },
  anthropic_claude_code: {
    where: asking(anthropic, '2026-11-18', '2026-11-19'),
    vendor: (ask) => recorded(`anthropic/usage_report_claude_code.${page(partsOf(ask).is('page'))}`),
  },
  anthropic_enterprise_usage: {
    where: asking(anthropic, '2026-11-18', '2026-11-20'),
    vendor: () => recorded('anthropic/enterprise_user_usage_report'),
  },
  anthropic_enterprise_costs: {
    where: asking(anthropic, '2026-11-18', '2026-11-20'),
    vendor: (ask) => {
      const { path, is } = partsOf(ask);
      if (path === 'analytics/cost_report') return recorded('anthropic/enterprise_cost_report');
      return recorded(`anthropic/enterprise_user_cost_report.${page(is('page'))}`);
    },
  },
  anthropic_limits: {
    where: asking(anthropic, '2026-11-24', '2026-11-25'),
    vendor: () => recorded('anthropic/spend_limits'),
  },
  openai_usage: {
    // The recordings are of the 17th to the 20th.
    where: asking(openai, '2026-11-17', '2026-11-21'),
    vendor: (ask) => {
      const { path, is } = partsOf(ask);
      const endpoint = path.replace('usage/', '');
      return recorded(`openai/usage_${endpoint === 'completions' ? `completions.${page(is('page'))}` : endpoint}`);
    },
  },
  openai_costs: {
    where: asking(openai, '2026-11-17', '2026-11-21'),
    vendor: (ask) => recorded(`openai/costs.${page(partsOf(ask).is('page'))}`),
  },
  openai_principals: {
    where: asking(openai, '2026-11-24', '2026-11-25'),
    // Only the support project has keys and accounts.
    vendor: (ask) => {
      const { path, is } = partsOf(ask);
      if (path === 'users') return recorded(`openai/users.${page(is('after'))}`);
      if (path === 'projects') return recorded('openai/projects');
      if (!path.includes('proj_8fKq2SupportBot')) return NOTHING;
      return recorded(`openai/project_${path.split('/').at(-1)}`);
    },
  },
  openai_limits: {
    where: asking(openai, '2026-11-24', '2026-11-25'),
    vendor: (ask) => {
      const { path } = partsOf(ask);
      if (path === 'projects') return recorded('openai/projects');
      return recorded(`openai/${path === 'spend_limit' ? 'organization' : 'project'}_spend_limit`);
    },
  },
  chatgpt_codex: {
    where: asking(chatgpt, '2026-11-18', '2026-11-19'),
    vendor: (ask) => recorded(`chatgpt/codex_workspace_usage.${page(partsOf(ask).is('page'))}`),
  },
  copilot_usage: {
    where: asking(copilot, '2026-11-18', '2026-11-20'),
    vendor: (ask) => {
      const { path, searchParams } = partsOf(ask);
      if (path.endsWith('.ndjson'))
        return recorded(`copilot/metrics_users_1_day.part${/part-(\d)/.exec(path)?.[1] ?? ''}.ndjson`);
      if (path.endsWith('/billing/usage')) return recorded('copilot/org_billing_usage');
      // There is no report of the 19th yet.
      return searchParams.get('day') === '2026-11-18' ? recorded('copilot/metrics_org_users_1_day') : 'null';
    },
  },
  copilot_costs: {
    where: asking(copilot, '2026-11-01', '2026-12-01'),
    vendor: () => recorded('copilot/org_billing_usage'),
  },
  copilot_seats: {
    where: asking(copilot, '2026-11-20', '2026-11-21'),
    vendor: (ask) => recorded(`copilot/org_billing_seats.${page(partsOf(ask).is('page'))}`),
    following: (ask) =>
      partsOf(ask).is('page')
        ? null
        : 'https://api.github.com/organizations/999/copilot/billing/seats?page=2&per_page=2',
  },
  copilot_limits: {
    where: asking(copilot, '2026-11-20', '2026-11-21'),
    vendor: (ask) => {
      const { path, searchParams } = partsOf(ask);
      if (path.endsWith('/budgets')) return recorded(`copilot/org_budgets.page${searchParams.get('page') ?? ''}`);
      return recorded(path.endsWith('/usage') ? 'copilot/org_billing_ai_credit_usage' : 'copilot/org_billing');
    },
  },
  devin_usage: { where: asking(devin, '2026-11-17', '2026-11-19'), vendor: devinAnswer },
  devin_principals: { where: asking(devin, '2026-11-18', '2026-11-19'), vendor: devinAnswer },
  github_pull_requests: {
    where: asking(github, '2026-11-20', '2026-11-21'),
    vendor: (ask) =>
      recorded(`github/graphql-search-merged-prs.page${GITHUB_PAGES.get(variablesOf(ask).cursor ?? '') ?? 1}`),
  },
  cursor_usage: {
    where: asking(cursor, '2026-11-18', '2026-11-19'),
    vendor: ({ about }) => recorded(`cursor/teams_filtered_usage_events.page${about?.page}`),
  },
  cursor_principals: {
    where: asking(cursor, '2026-11-18', '2026-11-19'),
    vendor: (ask) => recorded(`cursor/${partsOf(ask).path.slice(1).replace('/', '_')}`),
  },
  cursor_seats: { where: asking(cursor, '2026-11-18', '2026-11-19'), vendor: () => recorded('cursor/teams_members') },
  cursor_limits: {
    where: asking(cursor, '2026-11-18', '2026-11-19'),
    vendor: ({ about }) => recorded(`cursor/teams_spend.page${about?.page}`),
  },
  openrouter_usage: {
    where: asking(openrouter, '2026-11-18', '2026-11-19'),
    vendor: openrouterAnswer,
  },
  openrouter_principals: { where: asking(openrouter, '2026-11-24', '2026-11-25'), vendor: openrouterAnswer },
  openrouter_limits: { where: asking(openrouter, '2026-11-24', '2026-11-25'), vendor: openrouterAnswer },
  litellm_usage: {
    where: asking(litellm, '2026-11-18', '2026-11-19'),
    vendor: (ask) => recorded(`litellm/spend_logs_v2.page${partsOf(ask).searchParams.get('page')}`),
  },
};

/** The recorded conversation with a source; every source has one. */
export function conversationOf(id: string): Conversation {
  const conversation = CONVERSATIONS[id];
  if (conversation === undefined) throw new Error(`no recorded conversation with ${id}; add one to conversations.ts`);
  return conversation;
}
