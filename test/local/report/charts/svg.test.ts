import { expect, test } from 'vitest';
import { escaped, fitted, label, n, scale, through } from '../../../../local/report/charts/svg.ts';

test('writes a coordinate with one decimal and never a negative zero', () => {
  expect([n(1), n(1.25), n(-0.01), n(99.96)]).toEqual(['1', '1.3', '0', '100']);
});

test('makes text safe inside markup and attributes', () => {
  expect(escaped('<b title="x">R&D</b>')).toBe('&lt;b title=&quot;x&quot;&gt;R&amp;D&lt;/b&gt;');
});

test('names the anchor of a label only where it is not its start', () => {
  expect(label(1, 2, 'a<b', 'tick')).toBe('<text x="1" y="2" class="tick">a&lt;b</text>');
  expect(label(1, 2, 'x', 'tick', 'end')).toBe('<text x="1" y="2" class="tick" text-anchor="end">x</text>');
});

test('maps a value on a straight scale, also where all values are one', () => {
  expect([scale(0, 10, 100, 0)(5), scale(3, 3, 0, 10)(3)]).toEqual([50, 0]);
});

test('writes a path through points', () => {
  expect(
    through([
      [0, 1],
      [2.04, 3],
    ]),
  ).toBe('M0 1L2 3');
});

test('cuts words that do not fit, and keeps those that do', () => {
  expect([fitted('Search', 60), fitted('Machine learning', 60)]).toEqual(['Search', 'Machine…']);
});
