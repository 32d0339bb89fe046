import { expect, test } from 'vitest';
import { type Format, written } from '../../../local/terminal/table.ts';

const ROWS = [
  { day: '2026-11-24', model: 'opus, "large"', allocated_cost: '1935.7200000000', reason: null },
  { day: '2026-11-25', model: null, allocated_cost: '-2.5000000000', reason: 'no\nuse' },
];
const text = async (format: Format, rows: typeof ROWS, columns?: readonly string[]) =>
  (await Array.fromAsync(written(format, rows, columns))).join('');

test('writes CSV with quotes where they are needed, and nothing for null', async () => {
  expect(await text('csv', ROWS)).toBe(
    'day,model,allocated_cost,reason\r\n2026-11-24,"opus, ""large""",1935.7200000000,\r\n2026-11-25,,-2.5000000000,"no\nuse"\r\n',
  );
});

test('writes JSON as one array, decimals as text and null as null', async () => {
  expect(JSON.parse(await text('json', ROWS))).toEqual(ROWS);
});

test('writes a table with numbers to the right, and a dash for null', async () => {
  expect(await text('table', ROWS)).toBe(
    [
      'day         model           allocated_cost  reason',
      '──────────  ─────────────  ───────────────  ──────',
      '2026-11-24  opus, "large"  1935.7200000000  –',
      '2026-11-25  –                -2.5000000000  no use',
      '',
    ].join('\n'),
  );
});

test('writes rows before it has seen them all', async () => {
  const seen: number[] = [];
  function* many() {
    for (let i = 0; i < 10_000; i += 1) {
      seen.push(i);
      yield { n: String(i) };
    }
  }
  const lines = written('table', many())[Symbol.asyncIterator]();
  await lines.next();
  expect(seen.length).toBe(200);
});

test.each<[Format, string]>([
  ['csv', 'day\r\n'],
  ['json', '[]\n'],
  ['table', 'day\n───\nno rows\n'],
])('writes no rows as %s', async (format, expected) => {
  expect(await text(format, [], ['day'])).toBe(expected);
});

test('cuts a long text in a table, and lets none move the terminal', async () => {
  const rows = [{ message: `\u001b[2J${'x'.repeat(100)}` }];
  const lines = (await Array.fromAsync(written('table', rows))).join('').split('\n');
  expect(lines[2]).toBe(` [2J${'x'.repeat(55)}…`);
});
