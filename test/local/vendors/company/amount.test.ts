import { expect, it } from 'vitest';
import { decimalText } from '../../../../local/vendors/company/amount.ts';

it.each([
  [12345n, 4, 2, '1.23'],
  [12350n, 4, 2, '1.24'],
  [-12350n, 4, 2, '-1.24'],
  [-1n, 4, 2, '0.00'],
  [7n, 0, 2, '7.00'],
  [5n, 1, 0, '1'],
])('writes %s of scale %i with %i places', (value, scale, places, text) => {
  expect(decimalText(value, scale, places)).toBe(text);
});
