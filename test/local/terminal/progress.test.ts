import { expect, test } from 'vitest';
import { sourceLine, terminalProgress } from '../../../local/terminal/progress.ts';

const COLLECTING = {
  title: 'Larkspur Goods, made-up company (seed 1)',
  since: '2026-07-28',
  through: '2026-11-24',
  lake: '.outlay',
  connections: [{ id: 'anthropic.main', baseUrl: 'http://127.0.0.1:4311' }],
};
const usage = {
  source: 'anthropic_usage',
  connection: 'anthropic.main',
  daysDone: 120,
  daysAll: 120,
  rows: 41862,
  retries: 3,
  trouble: null,
  startedAt: 0,
  endedAt: 1900,
};
const screen = (isTTY: boolean) => {
  const texts: string[] = [];
  return { isTTY, texts, write: (text: string) => texts.push(text) };
};
const BLOCKS = { live: false, color: false, blocks: true };

test('draws how far a source is, with rows, retries and time', () => {
  expect(sourceLine(BLOCKS, usage, true)).toBe(
    '  anthropic_usage              ████████████ 120/120 days  41,862 rows  3 retries  1.9 s',
  );
});

test('says what stands in the way of a source, and which connection it is', () => {
  const one = { ...usage, connection: 'anthropic.research', daysDone: 60, trouble: '429, waits 2 s', endedAt: null };
  expect(sourceLine(BLOCKS, one, false)).toBe(
    '  anthropic_usage research     ██████░░░░░░  60/120       41,862       3          429, waits 2 s',
  );
});

test('keeps to other marks where there is no UTF-8', () => {
  expect(sourceLine({ ...BLOCKS, blocks: false }, { ...usage, daysDone: 60 }, true)).toContain('######......');
});

test('never writes a line wider than 96', () => {
  expect(sourceLine(BLOCKS, { ...usage, trouble: 'x'.repeat(200) }, true).length).toBe(96);
});

test('writes one line a source when it ends where nobody watches', () => {
  const out = screen(false);
  const progress = terminalProgress(out, COLLECTING, { LANG: 'C.UTF-8' });
  progress.update({ ...usage, daysDone: 10, endedAt: null });
  progress.update(usage);
  progress.update(usage);
  progress.end();
  expect(out.texts).toEqual([
    'Outlay   Larkspur Goods, made-up company (seed 1)   28 Jul – 24 Nov 2026, 120 days\nVendors answer on 127.0.0.1:4311   lake .outlay\n\n',
    '  anthropic_usage              ████████████ 120/120 days  41,862 rows  3 retries  1.9 s\n',
    '\n',
  ]);
});

test('redraws the block in place on a terminal', () => {
  const out = screen(true);
  const progress = terminalProgress(out, COLLECTING, { NO_COLOR: '1', LANG: 'en_US.UTF-8' });
  progress.update(usage);
  progress.step('making months');
  progress.end();
  expect(out.texts.slice(1).map((text) => text.split('\u001b[J')[0])).toEqual([
    expect.stringContaining('anthropic_usage'),
    '\u001b[1A',
    '\u001b[2A',
    '\n',
  ]);
  expect(out.texts.join('')).not.toContain('\u001b[33m');
});
