import { expect, it } from 'vitest';
import { anthropicEnterpriseUsage } from '../../../../shared/sources/anthropic/enterprise-usage.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('anthropic_enterprise_usage');
const heard = converse(anthropicEnterpriseUsage, where, vendor);

it('asks for people by the day', () => {
  expect(heard.asks.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/organizations/analytics/user_usage_report']);
});

it('writes what a person used, in meters', () => {
  const row = {
    day: '2026-11-18',
    hour_at: null,
    account_id: 'acct-1',
    workspace_id: null,
    credential_id: null,
    principal_id: names.user('anthropic', 'user_01BenOkaforUi9Op1As'),
    product: 'cowork',
    session_id: null,
    model: 'claude-opus-5-5',
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    claimed_cost: null,
    claim: null,
    cut: 'whole',
  };
  expect(heard.rows.filter(({ product }) => product === 'cowork')).toEqual([
    { ...row, meter: 'input_tokens', quantity: '88110.000000' },
    { ...row, meter: 'cache_write_5m_tokens', quantity: '402118.000000' },
    { ...row, meter: 'cache_read_tokens', quantity: '9120332.000000' },
    { ...row, meter: 'output_tokens', quantity: '302118.000000' },
    { ...row, meter: 'requests', quantity: '41.000000' },
  ]);
});

it('refuses a kind of token that it does not know', () => {
  const body = recorded('anthropic/enterprise_user_usage_report').replace('9912678', '9912679');
  expect(() => read(anthropicEnterpriseUsage, body)).toThrow(/is not the sum of the kinds of tokens/);
});
