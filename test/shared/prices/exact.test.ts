import { expect, it } from 'vitest';
import { cost, inRatio, perUnit, plain, times } from '../../../shared/prices/exact.ts';

it.each([
  ['10', 1_000_000, '0.00001'],
  ['0.025', 1_000_000, '0.000000025'],
  ['0.00000001', 1_000_000, '0.00000000000001'],
  ['10', 1000, '0.01'],
  ['0.36', 3600, '0.0001'],
])('divides %s by %i exactly', (price, units, expected) => {
  expect(perUnit(price, units)).toBe(expected);
});

it('refuses a unit price that does not end within 14 places', () => {
  expect(() => perUnit('1.02', 3600)).toThrow('1.02 per 3600 has no exact unit price in 14 places');
  expect(() => perUnit('0.000000001', 1_000_000)).toThrow('no exact unit price');
});

it('multiplies a unit price exactly and refuses what does not end', () => {
  expect(times('0.0000025', '1.1')).toBe('0.00000275');
  expect(() => times('0.00000000000001', '1.1')).toThrow('needs more than 14 places');
});

it('carries a price over in the ratio that another bears to its reference', () => {
  expect(inRatio('0.000005', '0.000008', '0.000004')).toBe('0.00001');
  expect(() => inRatio('0.00000000000001', '0.000001', '0.000003')).toThrow('needs more than 14 places');
  expect(() => inRatio('1', '1', '0')).toThrow('needs more than 14 places');
});

it('prices a quantity without rounding', () => {
  expect(cost('0.000001', '0.00000000000001')).toBe('0.00000000000000000001');
  expect(cost('16358912', '0.00000025')).toBe('4.089728');
});

it('writes decimals without idle zeros', () => {
  expect([plain(1000n, 2), plain(1050n, 2), plain(0n, 14), plain(7n, 0)]).toEqual(['10', '10.5', '0', '7']);
});
