import { expect, test } from 'vitest';
import {
  bare,
  cents,
  change,
  count,
  difference,
  dollars,
  percent,
  range,
  ratio,
  signed,
  unitCost,
} from '../../../local/report/numbers.ts';

test.each([
  ['1935.7150000000', '$1,935.72'],
  ['0', '$0.00'],
  ['-12.005', '−$12.01'],
  ['-0.001', '$0.00'],
  ['12345678901234567.89', '$12,345,678,901,234,567.89'],
])('writes %s to the cent, halves away from zero', (amount, words) => {
  expect(cents(amount, 'USD')).toBe(words);
});

test('writes another currency by its code', () => {
  expect(cents('5', 'EUR')).toBe('EUR 5.00');
});

test.each([
  ['1935.72', '$1,936'],
  ['9.5', '$9.50'],
  ['9.996', '$10'],
  ['0', '$0'],
])('writes %s in a headline', (amount, words) => {
  expect(dollars(amount, 'USD')).toBe(words);
});

test.each([
  ['17.184', '$17.18'],
  ['123.6', '$124'],
  ['0.0042345', '$0.0042'],
  ['0.000017', '$0.000017'],
])('writes the unit cost %s with the digits that count', (amount, words) => {
  expect(unitCost(amount, 'USD')).toBe(words);
});

test('writes a range with one sign and an en dash', () => {
  expect(range('13.871', '17.96', 'USD')).toBe('$13.87–17.96');
});

test.each([
  ['114', '100', '+14.0 %'],
  ['90', '100', '−10.0 %'],
  ['100', '100', '0.0 %'],
  ['100.01', '100', '0.0 %'],
  ['99.99', '100', '0.0 %'],
  ['5', '0', null],
  ['5', null, null],
])('compares %s with %s', (now, before, words) => {
  expect(change(now, before)).toBe(words);
});

test('writes shares without decimals and unknown ones not at all', () => {
  expect([percent(0.854), percent(0.0551, 1), ratio('1', '0')]).toEqual(['85 %', '5.5 %', null]);
});

test('shows the sign of an excess, groups counts, and leaves the currency out of a bare figure', () => {
  expect([signed('145.2', 'USD'), count(41862), bare('1935.72')]).toEqual(['+$145', '41,862', '1,935.72']);
});

test('subtracts exactly', () => {
  expect(difference('0.3', '0.1')).toBe('0.20000000000000');
});
