import { expect, test } from 'vitest';
import { tickMoney, ticks } from '../../../../local/report/charts/ticks.ts';

test.each([
  [640, 4, [0, 200, 400, 600, 800]],
  [13637, 4, [0, 5000, 10000, 15000]],
  [0, 4, [0, 0.25]],
  [0.09, 2, [0, 0.05, 0.1]],
  [25, 2, [0, 20, 40]],
])('covers %d in about %d round steps', (max, count, expected) => {
  expect(ticks(max, count)).toEqual(expected);
});

test.each([
  [0, '$0'],
  [0.05, '$0.05'],
  [800, '$800'],
  [2500, '$2.5k'],
  [10000, '$10k'],
  [1_250_000, '$1.3M'],
])('writes %d short', (value, expected) => {
  expect(tickMoney(value, '$')).toBe(expected);
});
