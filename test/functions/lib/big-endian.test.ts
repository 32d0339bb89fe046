import { expect, it } from 'vitest';
import { fromBigEndian, toBigEndian } from '../../../functions/lib/big-endian.ts';

it.each([
  [0n, 2, [0, 0]],
  [258n, 2, [1, 2]],
  [-1n, 3, [255, 255, 255]],
  [-256n, 9, [255, 255, 255, 255, 255, 255, 255, 255, 0]],
  [2n ** 64n, 9, [1, 0, 0, 0, 0, 0, 0, 0, 0]],
  [10n ** 38n - 1n, 16, [75, 59, 76, 168, 90, 134, 196, 122, 9, 138, 34, 63, 255, 255, 255, 255]],
])('%s in %s bytes is written highest first, and read back', (n, length, bytes) => {
  expect([...toBigEndian(n, length)]).toEqual(bytes);
  expect(fromBigEndian(Uint8Array.from(bytes))).toBe(n);
});
