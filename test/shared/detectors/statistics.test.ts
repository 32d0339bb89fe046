import { expect, it } from 'vitest';
import { logLevel, median, spread } from '../../../shared/detectors/statistics.ts';

it('takes the middle of an odd count, and halfway between the two middle ones of an even count', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 6])).toBe(5);
});

it('has no middle of nothing', () => {
  expect(median([])).toBeNaN();
});

it('measures spread by the median distance, which one wild value does not move', () => {
  // Distances from 3: 2, 1, 0, 1, 997; their middle is 1.
  expect(spread([1, 2, 3, 4, 1000])).toBeCloseTo(1.4826, 10);
});

it('draws the spread of few days to the prior, and less so that of many', () => {
  const prior = { spread: 0.45, days: 8, least: 0.1, most: 1 };
  // Own spread 0: sqrt(8 * 0.45^2 / (8 + 2)) and sqrt(8 * 0.45^2 / (8 + 20)).
  expect(logLevel([10, 10], prior).spread).toBeCloseTo(Math.sqrt(0.162), 10);
  expect(logLevel(Array<number>(20).fill(10), prior).spread).toBeCloseTo(0.240535, 6);
});

it('keeps the spread within the limits of the prior', () => {
  const prior = { spread: 0.45, days: 8, least: 0.3, most: 0.62 };
  expect(logLevel(Array<number>(20).fill(10), prior).spread).toBe(0.3);
  expect(logLevel([1, 100, 1, 100, 1, 100, 1, 100], prior).spread).toBe(0.62);
});

it('finds the level on the log scale', () => {
  expect(logLevel([1, 10, 100], { spread: 0.45, days: 8, least: 0.3, most: 0.62 }).middle).toBeCloseTo(
    Math.log(10),
    10,
  );
});
