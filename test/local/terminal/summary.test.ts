import { beforeAll, expect, test } from 'vitest';
import { readAddress } from '../../../local/report/address.ts';
import { readReport } from '../../../local/report/data.ts';
import { readLabels } from '../../../local/report/labels.ts';
import { readLake } from '../../../local/report/lake.ts';
import { page } from '../../../local/report/page.ts';
import { queryOf } from '../../../local/report/server.ts';
import type { View } from '../../../local/report/view.ts';
import { basisBlocks, summary } from '../../../local/terminal/summary.ts';
import { inventedLake, STAMP } from '../report/lake.ts';

const LOOK = { live: false, color: false, blocks: true };
let view: View;
let lines: string[];

beforeAll(async () => {
  const query = queryOf((await inventedLake()).rows);
  const lake = await readLake(query);
  if (lake === null) throw new Error('the invented lake is empty');
  const data = await readReport(query, readAddress(new URLSearchParams(), lake), lake, STAMP);
  view = { data, labels: await readLabels(query), showPeople: true };
  lines = summary(view, { lake: '.outlay', bytes: 3_100_000 }, LOOK).split('\n');
});

test('fits 96 columns', () => {
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(96);
});

test('says the same figures as the page', () => {
  const row = lines.find((line) => line.startsWith('Search'))?.match(/[\d,.]+\.\d\d/g) ?? [];
  const drawn = page(view);
  expect(row).toHaveLength(4);
  expect(row.map((figure) => drawn.includes(figure))).toEqual([true, true, true, true]);
});

test('begins with the period, its budget and what is late', () => {
  expect(lines.slice(0, 3).map((line) => line.slice(0, 33).trim())).toEqual([
    expect.stringMatching(/^November to date +≈ \$\d+,\d{3}$/),
    expect.stringMatching(/^Budget +\$17,500$/),
    expect.stringMatching(/^Late, not counted +≈ \$\d+$/),
  ]);
});

test('says how many seats are held without use, and which balance runs out', () => {
  expect(lines.filter((line) => /^(Seats|Balance left) /.test(line))).toEqual([
    'Seats                     4 held   1 without use             idle: $19 in November',
    'Balance left                $600   runs out 4 Dec            openai-credits',
  ]);
});

test('names people of findings by handle', () => {
  expect(lines.join('\n')).toContain('search-09 holds a seat of copilot');
});

test('ends its teams with nobody and the ledger', () => {
  const at = lines.findIndex((line) => line.startsWith('No owner yet'));
  expect(lines[at + 1]?.startsWith('All = ledger')).toBe(true);
});

test('says which checks failed and what findings found', () => {
  const text = lines.join('\n');
  expect(text).toContain('Checks   2 of 3 hold.');
  expect(text).toContain('no_duplicate_day: openai_usage openai.main 2026-11-03 stands twice.');
  expect(text).toContain('unpriced_usage: gpt-6.2-preview');
});

test('fills a bar with shares, and leaves it empty where nothing was spent', () => {
  const basis = { direct: '70', derived: '14', shared: '11', unattributed: '5' };
  expect(basisBlocks({ total: '100', basis }, LOOK)).toBe('████████▓▓▒░');
  expect(basisBlocks({ total: '0', basis: { direct: '0', derived: '0', shared: '0', unattributed: '0' } }, LOOK)).toBe(
    ' '.repeat(12),
  );
});
