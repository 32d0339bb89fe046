import { expect, it } from 'vitest';
import { openaiLimits } from '../../../../shared/sources/openai/limits.ts';
import { conversationOf } from '../conversations.ts';
import { converse } from '../recorded.ts';

const { where, vendor } = conversationOf('openai_limits');
const heard = converse(openaiLimits, where, vendor);
const projects = JSON.parse(vendor({ url: 'https://openai.test/v1/organization/projects' })).data as { id: string }[];

it('asks for the limit of the organisation and of each project', () => {
  expect(heard.asks.map(({ url }) => url)).toEqual([
    'https://openai.test/v1/organization/spend_limit',
    'https://openai.test/v1/organization/projects?limit=100',
    ...projects.map(({ id }) => `https://openai.test/v1/organization/projects/${id}/spend_limit`),
  ]);
});

it('writes limits in dollars: cents have a fraction', () => {
  const row = {
    day: '2026-11-24',
    kind: 'spend_limit',
    period: 'monthly',
    used_amount: null,
    unit: 'USD',
    enforced: 'yes',
  };
  expect(heard.rows).toEqual([
    { ...row, scope_kind: 'organization', scope_id: null, amount: '25000.0000000000' },
    ...projects.map(({ id }) => ({ ...row, scope_kind: 'workspace', scope_id: id, amount: '400.5000000000' })),
  ]);
});

it.each([
  [404, []],
  [403, []],
  [401, null],
])('takes %i for no limit: %j', (status, instead) => {
  expect(openaiLimits.refused?.({ ...where, asked: heard.asks[0] ?? { url: '' }, status, body: '' })).toEqual(instead);
});

it('says when no limit was told', () => {
  expect(openaiLimits.note?.([{ url: 'https://openai.test/v1/organization/projects?limit=100' }], where)).toMatch(
    /no spend limit is set/,
  );
  expect(openaiLimits.note?.(heard.asks, where)).toBeNull();
});
