import { expect, it } from 'vitest';
import { loadBook, prune, rewind, saveBook, setDay } from '../../../shared/detect/series.ts';
import { addDays } from '../../../shared/time.ts';
import { testPlatform } from '../../platform/index.ts';

const row = (day: string, amount: string, connection_id = 'anthropic.main') => ({
  ...{ day, scope_kind: 'person' as const, scope_id: 'p_1', team_id: 'search', provider: 'anthropic' },
  ...{ connection_id, amount },
});

it('sets a day, never adds to it: told again it corrects itself, told no more it is gone', async () => {
  const book = await loadBook(testPlatform().platform, 'scope_cost');
  setDay(book, '2026-11-03', [row('2026-11-03', '10.05'), row('2026-11-03', '1.20', 'anthropic.other')]);
  setDay(book, '2026-11-03', [row('2026-11-03', '7.0000000001')]);
  expect(book.series.get('person p_1')?.total).toEqual(new Map([['2026-11-03', 70_000_000_001n]]));
  setDay(book, '2026-11-03', []);
  expect(book.series.get('person p_1')?.total).toEqual(new Map());
});

const dollars = (team_id: string | null, amount: string) => ({ ...row('2026-11-03', amount), team_id });

it.each([
  ['the team of its largest part', [dollars('data', '3'), dollars('search', '4'), dollars('data', '2')], 'data'],
  ['the first of two that have as much', [dollars('search', '4'), dollars('data', '4')], 'data'],
  ['a team before nobody', [dollars(null, '4'), dollars('search', '4')], 'search'],
  ['nobody, where most is nobody’s', [dollars('search', '3'), dollars(null, '4')], null],
])('puts a day of several teams down to %s, in whatever order they are told', async (_what, rows, team) => {
  for (const told of [rows, rows.toReversed()]) {
    const book = await loadBook(testPlatform().platform, 'scope_cost');
    setDay(book, '2026-11-03', told);
    expect(book.series.get('person p_1')?.team_id).toBe(team);
  }
});

it('comes back from the state exactly, in items small enough for one write unit', async () => {
  const { platform } = testPlatform();
  const book = await loadBook(platform, 'scope_cost');
  const days = Array.from({ length: 30 }, (_, index) => addDays('2026-10-05', index));
  for (const day of days) setDay(book, day, [row(day, '1234.56')]);
  expect(await saveBook(platform, book)).toBe(true);

  const item = await platform.state.get({ group: 'series#scope_cost#person', key: 'p_1' });
  expect(JSON.stringify(item?.data).length).toBeLessThan(1024);
  const again = await loadBook(platform, 'scope_cost');
  expect(again.series).toEqual(book.series);
});

it('writes only what changed, and says so when another run was faster', async () => {
  const { platform } = testPlatform();
  const book = await loadBook(platform, 'scope_cost');
  setDay(book, '2026-11-03', [row('2026-11-03', '10')]);
  await saveBook(platform, book);
  const [same, late] = [await loadBook(platform, 'scope_cost'), await loadBook(platform, 'scope_cost')];
  setDay(same, '2026-11-03', [row('2026-11-03', '10.00')]);
  await saveBook(platform, same);
  expect((await platform.state.get({ group: 'series#scope_cost#person', key: 'p_1' }))?.version).toBe(1);

  setDay(same, '2026-11-03', [row('2026-11-03', '11')]);
  setDay(late, '2026-11-03', [row('2026-11-03', '12')]);
  expect(await saveBook(platform, same)).toBe(true);
  expect(await saveBook(platform, late)).toBe(false);
});

it('keeps six weeks', async () => {
  const book = await loadBook(testPlatform().platform, 'scope_cost');
  setDay(book, '2026-10-13', [row('2026-10-13', '1')]);
  setDay(book, '2026-10-14', [row('2026-10-14', '1')]);
  prune(book, '2026-11-24');
  expect([...(book.series.get('person p_1')?.total.keys() ?? [])]).toEqual(['2026-10-14']);
});

it('takes the team of its newest day, and of each day in turn when it is wound back', async () => {
  const book = await loadBook(testPlatform().platform, 'scope_cost');
  setDay(book, '2026-11-03', [{ ...row('2026-11-03', '1'), team_id: 'data' }]);
  setDay(book, '2026-11-02', [row('2026-11-02', '1')]);
  expect(book.series.get('person p_1')?.team_id).toBe('data');
  rewind(book, '2026-11-02');
  setDay(book, '2026-11-02', [row('2026-11-02', '1')]);
  expect(book.series.get('person p_1')?.team_id).toBe('search');
});
