import { expect, it } from 'vitest';
import { chatgptCodex } from '../../../../shared/sources/chatgpt/codex.ts';
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('chatgpt_codex');
const heard = converse(chatgptCodex, where, vendor);
const row = {
  day: '2026-11-18',
  hour_at: null,
  account_id: 'acct-1',
  workspace_id: 'ws-acme',
  credential_id: null,
  principal_id: names.user('chatgpt', 'user-ana'),
  product: 'codex',
  session_id: null,
  model: 'gpt-6.1-sol',
  service_tier: null,
  speed: 'standard',
  context_window: null,
  region: null,
  claimed_cost: null,
  claim: null,
  cut: 'whole',
};

it('asks for a day of the workspace', () => {
  expect(heard.asks.map(({ url }) => url)).toEqual([
    'https://chatgpt.test/v1/analytics/codex/workspaces/ws-acme/usage?start_time=1794960000&end_time=1795046400&group_by=user&limit=500',
    'https://chatgpt.test/v1/analytics/codex/workspaces/ws-acme/usage?start_time=1794960000&end_time=1795046400&group_by=user&limit=500&page=cursor_2',
  ]);
});

it('writes credits by person and model, turns as made with the seat, tokens as never charged', () => {
  const cli = { ...row, product: 'codex_cli', speed: null, claim: 'free' };
  expect(heard.rows.filter(({ principal_id }) => principal_id === row.principal_id)).toEqual([
    { ...row, meter: 'credits', quantity: '142.500000' },
    { ...cli, meter: 'input_tokens', quantity: '402118.000000' },
    { ...cli, meter: 'cache_read_tokens', quantity: '3102200.000000' },
    { ...cli, meter: 'output_tokens', quantity: '88110.000000' },
    { ...cli, meter: 'requests', quantity: '52.000000', claim: 'covered' },
    { ...cli, product: 'codex_web', meter: 'requests', quantity: '19.000000', claim: 'covered' },
  ]);
});

const rowsOf = (change: (body: string) => string) => [
  ...chatgptCodex.rows(
    [{ asked: { url: '' }, page: read(chatgptCodex, change(recorded('chatgpt/codex_workspace_usage.page2'))) }],
    where,
  ),
];

it('keeps credits that no model is told for as a rest', () => {
  const rows = rowsOf((body) => body.replace('"credits": 11.0\n      },', '"credits": 12.5\n      },'));
  expect(
    rows.filter(({ meter }) => meter === 'credits').map(({ model, quantity, cut }) => [model, quantity, cut]),
  ).toEqual([
    ['gpt-6.1-sol', '11.000000', 'whole'],
    [null, '1.500000', 'rest'],
  ]);
});

it('does not guess the model of a client where several were used', () => {
  const second = '"models": [{ "model": "gpt-6-luna", "credits": 0, "speed": "fast" },';
  const rows = rowsOf((body) => body.replace('"models": [', second));
  expect(new Set(rows.filter(({ meter }) => meter !== 'credits').map(({ model }) => model))).toEqual(new Set([null]));
});

it('follows the cursor of older answers as those are asked', () => {
  const body = recorded('chatgpt/codex_workspace_usage.page1').replace('"next_page"', '"next_cursor"');
  const asked = heard.asks[0] ?? { url: '' };
  const [more] = chatgptCodex.next({ asked, page: read(chatgptCodex, body), ...where, soFar: [] });
  expect(new URL(more?.url ?? '').searchParams.get('cursor')).toBe('cursor_2');
});

it('takes more pages without a cursor for a broken answer (case more-pages-but-no-cursor)', () => {
  const body = recorded('chatgpt/codex_workspace_usage.page2').replace('"has_more": false', '"has_more": true');
  expect(() => read(chatgptCodex, body)).toThrow(/next_page disagree/);
});

it('asks without the grouping where the vendor does not know it', () => {
  const asked = heard.asks[0] ?? { url: '' };
  const refused = (message: string) =>
    chatgptCodex.refused?.({ ...where, asked, status: 400, body: JSON.stringify({ error: { message } }) }) ?? null;
  expect(refused('Unknown parameter: group_by')?.map(({ url }) => new URL(url).searchParams.has('group_by'))).toEqual([
    false,
  ]);
  expect(refused('start_time is required')).toBeNull();
});

it('says which setting it needs', () => {
  const without = asking(
    { ...connectionTo('chatgpt', 'https://chatgpt.test/v1'), settings: {} },
    '2026-11-18',
    '2026-11-19',
  );
  expect(() => chatgptCodex.ask(without)).toThrow('chatgpt.main needs the setting workspace');
});
