import type { Given } from './lake.ts';
import { calendarOf, METER_ROWS } from './rows.ts';

/** A small company in one world: every door by which a cost can enter, and every way it can be given. */
export const ANA = 'p_ana';
export const BEN = 'p_ben';
export const CIA = 'p_cia';

const DAY = '2026-11-24';
const openai = { connection_id: 'openai.main', provider: 'openai', source: 'openai_usage' };
const openaiLine = { ...openai, source: 'openai_costs' };
const whole = (target: string, connection_id: string, more: object = {}) => ({
  source: `${connection_id.split('.')[0]}_${target}`,
  provider: connection_id.split('.')[0],
  connection_id,
  target,
  complete_through: '2026-11-25T00:00:00.000Z',
  ...more,
});
const tokens = (of: object, model: string, meter: string, quantity: string) => ({ ...of, model, meter, quantity });

/** Directories, people, teams, prices: what stands still. */
export const REFERENCE: Given = {
  calendar: calendarOf('2026-11', 30),
  meters: METER_ROWS,
  prices: [
    { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
    { provider: 'anthropic', model: 'sonnet', meter: 'output_tokens', unit_price: '0.000015' },
    { provider: 'anthropic', model: 'sonnet', meter: 'cache_read_tokens', unit_price: '0.0000003' },
    { provider: 'anthropic', model: '*', meter: 'web_search_requests', unit_price: '0.01' },
    { provider: 'openai', model: 'gpt', meter: 'input_tokens', unit_price: '0.000002', valid_to: '2026-11-20' },
    { provider: 'openai', model: 'gpt', meter: 'input_tokens', unit_price: '0.000001', valid_from: '2026-11-20' },
  ],
  person_hints: [
    { hint: ANA, person_id: ANA },
    { hint: BEN, person_id: BEN },
    { hint: CIA, person_id: CIA },
    { hint: 'l_ana', person_id: ANA },
  ],
  people: [
    { person_id: ANA, team_id: 'search', valid_from: '2026-01-01', valid_to: '2026-11-10' },
    { person_id: ANA, team_id: 'data', valid_from: '2026-11-10' },
    { person_id: BEN, team_id: 'search', valid_from: '2026-01-01' },
    { person_id: CIA, team_id: 'search', valid_from: '2026-11-01' },
  ],
  teams: [
    { team_id: 'engineering', team_name: 'Engineering', path: 'engineering/', cost_center: 'CC-1' },
    {
      team_id: 'search',
      team_name: 'Search',
      parent_id: 'engineering',
      path: 'engineering/search/',
      cost_center: 'CC-2',
    },
    { team_id: 'data', team_name: 'Data', parent_id: 'engineering', path: 'engineering/data/', cost_center: 'CC-3' },
  ],
  principals: [
    { day: '2026-11-05', kind: 'person', id: 'u_ana', login_hint: 'l_ana', created_at: null },
    { day: '2026-11-05', kind: 'credential', id: 'key-ben', owner_id: BEN, created_at: '2026-02-01T00:00:00.000Z' },
    { day: '2026-11-05', kind: 'credential', id: 'key-lost', owner_id: null, created_at: null },
    { day: '2026-11-05', kind: 'workspace', id: 'ws-data', team_hint: 'Data', created_at: null },
  ],
  rules: [
    { rule_id: 'ci', priority: 10, workspace_id: 'ws-ci', method: 'headcount', team_id: 'search', cost_center: null },
    { rule_id: 'ci', priority: 10, workspace_id: 'ws-ci', method: 'headcount', team_id: 'data', cost_center: null },
    {
      rule_id: 'bot',
      priority: 20,
      credential_id: 'key-bot',
      method: 'assign',
      team_id: 'data',
      cost_center: 'CC-9',
      project: 'bots',
    },
  ],
  budgets: [
    { budget_id: 'all', scope_kind: 'company', scope_id: 'company', monthly_amount: '100', billing_currency: 'USD' },
    {
      budget_id: 'engineering',
      scope_kind: 'team',
      scope_id: 'engineering',
      monthly_amount: '20',
      billing_currency: 'USD',
    },
  ],
};

/** What happened. */
export const WORLD: Given = {
  ...REFERENCE,
  usage: [
    tokens({ principal_id: ANA, workspace_id: 'ws-app' }, 'sonnet', 'input_tokens', '1000000'),
    tokens({ principal_id: ANA, workspace_id: 'ws-app' }, 'sonnet', 'cache_read_tokens', '3000000'),
    tokens({ credential_id: 'key-lost', workspace_id: 'ws-app' }, 'sonnet', 'output_tokens', '100000'),
    tokens({ credential_id: 'key-lost', workspace_id: 'ws-app' }, 'sonnet', 'requests', '40'),
    tokens({ cut: 'rest' }, 'sonnet', 'input_tokens', '500000'),
    tokens({ principal_id: ANA }, 'sonnet', 'web_search_requests', '20'),
    tokens({ ...openai, credential_id: 'key-a', workspace_id: 'ws-ci' }, 'gpt', 'input_tokens', '2000000'),
    tokens({ ...openai, credential_id: 'key-bot', workspace_id: 'ws-data' }, 'gpt', 'input_tokens', '1000000'),
    tokens(
      { ...openai, credential_id: 'key-new', workspace_id: 'ws-x', day: '2026-11-25' },
      'gpt',
      'input_tokens',
      '700000',
    ),
    tokens(
      { ...openai, credential_id: 'key-new', workspace_id: 'ws-x', day: '2026-11-25' },
      'mystery',
      'input_tokens',
      '5',
    ),
  ],
  costs: [
    tokens(
      { principal_id: ANA, workspace_id: 'ws-app', billed_cost: '2.7', list_cost: '3', contracted_cost: '2.7' },
      'sonnet',
      'input_tokens',
      '1000000',
    ),
    {
      principal_id: ANA,
      workspace_id: 'ws-app',
      model: 'sonnet',
      meter: 'cache_read_tokens',
      billed_cost: '0.9',
      list_cost: '0.9',
      contracted_cost: '0.9',
    },
    {
      credential_id: 'key-lost',
      workspace_id: 'ws-app',
      model: 'sonnet',
      meter: 'output_tokens',
      billed_cost: '1.5',
      list_cost: '1.5',
      contracted_cost: '1.5',
    },
    { credential_id: 'key-ben', model: 'sonnet', meter: 'output_tokens', billed_cost: '0.75' },
    { model: 'sonnet', meter: 'input_tokens', billed_cost: '1.35', charge_description: 'rest' },
    {
      workspace_id: 'ws-data',
      model: 'sonnet',
      meter: 'input_tokens',
      billed_cost: '0.5',
      charge_description: 'no usage of it',
    },
    { charge_category: 'Credit', charge_frequency: 'One-Time', billed_cost: '-1', charge_description: 'credit' },
    {
      ...openaiLine,
      model: 'gpt',
      meter: 'input_tokens',
      billed_cost: '2.9999999999',
      quantity: '3000000',
      charge_description: 'gpt, input',
      sku_id: 'gpt, input',
    },
    {
      ...openaiLine,
      day: '2026-11-23',
      model: 'gpt',
      meter: 'input_tokens',
      billed_cost: '4',
      quantity: '4000000',
      charge_description: 'gpt, input',
    },
  ],
  outputs: [
    { day: DAY, event_id: 'pr-1', principal_id: 'u_ana', completed_at: `${DAY}T10:00:00.000Z` },
    { day: DAY, event_id: 'pr-2', principal_id: BEN, completed_at: `${DAY}T11:00:00.000Z` },
    { day: DAY, event_id: 'pr-3', principal_id: BEN, actor_type: 'bot', completed_at: `${DAY}T12:00:00.000Z` },
  ],
  collection_status: [
    whole('usage', 'anthropic.main', { row_count: 6, day: DAY }),
    whole('costs', 'anthropic.main', { row_count: 7, day: DAY }),
    whole('usage', 'openai.main', { row_count: 2, day: DAY }),
    whole('costs', 'openai.main', { row_count: 1, day: DAY }),
    whole('usage', 'openai.main', { day: '2026-11-23', row_count: null, complete_through: '2026-11-23T20:00:00.000Z' }),
    whole('costs', 'openai.main', { day: '2026-11-23', row_count: 1 }),
    whole('usage', 'openai.main', { day: '2026-11-25', row_count: 2, complete_through: '2026-11-25T20:00:00.000Z' }),
    whole('costs', 'openai.main', { day: '2026-11-25', row_count: 0, complete_through: null, outcome: 'due' }),
    whole('outputs', 'github.main', { row_count: 3, day: DAY, source: 'github_pull_requests' }),
  ],
};
