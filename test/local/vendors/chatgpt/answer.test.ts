import { expect, it } from 'vitest';
import { chatgptAnswers } from '../../../../local/vendors/chatgpt/answer.ts';
import { keyOf } from '../../../../local/vendors/chatgpt/workspace.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { bodyOf, get, MORNING, setting } from '../asking.ts';

const world = makeWorld(setting);
const answers = chatgptAnswers(world, () => MORNING);
const ask = (query: string, key = keyOf(world), workspace = 'ws-halden') =>
  answers(get(`/v1/analytics/codex/workspaces/${workspace}/usage?${query}`, { authorization: `Bearer ${key}` }));
const seconds = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const span = (from: string, to: string): string => `start_time=${seconds(from)}&end_time=${seconds(to)}`;

it('tells credits by client and by model, of the same sum', () => {
  const told = bodyOf(ask(span('2026-11-16', '2026-11-21'))).data;
  const sum = (of: { credits: number }[]): number => Math.round(of.reduce((all, { credits }) => all + credits, 0) * 10);
  expect(told.length).toBeGreaterThan(3);
  expect(told.map((row: { clients: { credits: number }[] }) => sum(row.clients))).toEqual(
    told.map((row: { totals: { credits: number } }) => Math.round(row.totals.credits * 10)),
  );
});

it('pages by rows', () => {
  const week = span('2026-11-16', '2026-11-21');
  const all = bodyOf(ask(week)).data;
  const first = bodyOf(ask(`${week}&limit=2`));
  expect([...first.data, ...bodyOf(ask(`${week}&limit=500&page=${first.next_page}`)).data]).toEqual(all);
});

it('tells a day six hours after its end', () => {
  const late = chatgptAnswers(world, () => MORNING - 1);
  const query = get(`/v1/analytics/codex/workspaces/ws-halden/usage?${span('2026-11-24', '2026-11-25')}`, {
    authorization: `Bearer ${keyOf(world)}`,
  });
  expect([bodyOf(answers(query)).data.length > 0, bodyOf(late(query)).data]).toEqual([true, []]);
});

it.each([
  ['another key', span('2026-11-16', '2026-11-17'), 'sk-other', 'ws-halden', 401],
  ['another workspace', span('2026-11-16', '2026-11-17'), undefined, 'ws-other', 404],
  ['a page too long', `${span('2026-11-16', '2026-11-17')}&limit=501`, undefined, 'ws-halden', 400],
  ['no time', '', undefined, 'ws-halden', 400],
])('refuses %s', (_what, query, key, workspace, status) => {
  expect(ask(query, key, workspace).status).toBe(status);
});
