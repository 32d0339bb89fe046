import { expect, it } from 'vitest';
import { anthropicLimits } from '../../../../shared/sources/anthropic/limits.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('anthropic_limits');
const heard = converse(anthropicLimits, where, vendor);
const row = {
  day: '2026-11-24',
  kind: 'spend_limit',
  scope_kind: 'organization',
  scope_id: null,
  period: 'monthly',
  amount: '50000.0000000000',
  used_amount: null,
  unit: 'USD',
  enforced: 'yes',
};

it('writes a limit in dollars', () => {
  expect(heard.rows).toEqual([row]);
  expect(heard.asks[0]?.headers).toEqual({ 'anthropic-beta': 'spend-limit-reads-2026-09-26' });
});

it.each([
  ['{ "type": "workspace", "workspace_id": "wrkspc_01" }', 'workspace', 'wrkspc_01'],
  ['{ "type": "rbac_group", "rbac_group_id": "grp_01" }', 'team', 'grp_01'],
  ['{ "type": "seat_tier", "seat_tier": "premium" }', 'tier', 'premium'],
  ['{ "type": "usage_tier" }', 'tier', 'usage_tier'],
  ['{ "type": "organization_service", "service": "claude_code" }', 'organization', 'claude_code'],
  ['{ "type": "user", "user_id": "user_01Ana" }', 'person', names.user('anthropic', 'user_01Ana')],
])('reads the scope %s', (scope, scope_kind, scope_id) => {
  const body = recorded('anthropic/spend_limits').replace(/\{\s*"type": "organization"\s*\}/, scope);
  const clean = anthropicLimits.disguise?.(read(anthropicLimits, body), names, where.connection);
  expect([
    ...anthropicLimits.rows([{ asked: { url: '' }, page: clean?.page ?? { data: [], next_page: null } }], where),
  ]).toEqual([{ ...row, scope_kind, scope_id }]);
});

it('keeps no cap as no cap, and a limit that is switched off as one that stops nothing', () => {
  const body = recorded('anthropic/spend_limits').replace('"5000000"', 'null').replace('true', 'false');
  expect([...anthropicLimits.rows([{ asked: { url: '' }, page: read(anthropicLimits, body) }], where)]).toEqual([
    { ...row, amount: null, enforced: 'no' },
  ]);
});

it('goes on while a page follows, for the list says no has_more', () => {
  const page = { ...read(anthropicLimits, recorded('anthropic/spend_limits')), next_page: 'page_2' };
  const asked = heard.asks[0] ?? { url: '' };
  expect(anthropicLimits.next({ asked, page, ...where, soFar: [] }).map(({ url }) => url)).toEqual([
    'https://anthropic.test/v1/organizations/spend_limits?limit=1000&page=page_2',
  ]);
});

it.each([400, 403, 404])('takes %i for not available, and says so', (status) => {
  const asked = heard.asks[0] ?? { url: '' };
  expect(anthropicLimits.refused?.({ ...where, asked, status, body: '' })).toEqual([]);
  expect(anthropicLimits.note?.([], where)).toMatch(/may not read its spend limits/);
  expect(anthropicLimits.note?.(heard.asks, where)).toBeNull();
});
