import { describe, expect, it } from 'vitest';
import { DecimalError, placed, rounded, scaled, shiftLeft, sum, unscaled } from '../../shared/money.ts';

describe('decimal text', () => {
  it.each([
    ['12', 2, 1200n],
    ['-0.05', 10, -500_000_000n],
    ['+3.5', 1, 35n],
    ['.5', 2, 50n],
    ['1e-7', 10, 1000n],
    ['1.20', 1, 12n],
    ['12345678901234567890.123456789', 10, 123_456_789_012_345_678_901_234_567_890n],
  ])('%s is held exactly', (text, scale, value) => {
    expect(scaled(text, scale)).toBe(value);
  });

  it.each([
    ['', 'is not a decimal number'],
    ['.', 'is not a decimal number'],
    ['1,5', 'is not a decimal number'],
    ['NaN', 'is not a decimal number'],
    ['0.001', 'has more than 2 decimal places'],
    ['1e999', 'is out of range'],
  ])("'%s' is refused: it %s", (text, why) => {
    expect(() => scaled(text, 2)).toThrow(DecimalError);
    expect(() => scaled(text, 2)).toThrow(why);
  });

  it.each([
    [0n, 2, '0.00'],
    [-5n, 2, '-0.05'],
    [123n, 0, '123'],
    [1_234_567n, 6, '1.234567'],
  ])('%s is written with every place', (value, scale, text) => {
    expect(unscaled(value, scale)).toBe(text);
  });

  it.each([
    ['7', 6, '7.000000'],
    ['0', 6, '0.000000'],
    ['007', 2, '7.00'],
    ['-7', 2, '-7.00'],
    ['1.5', 2, '1.50'],
    ['1e3', 2, '1000.00'],
    ['7', 0, '7'],
  ])('%s with %d places is %s', (value, scale, text) => {
    expect(placed(value, scale)).toBe(text);
  });

  it.each([
    [25n, 2, 1, 1n, '0.3'],
    [-25n, 2, 1, 1n, '-0.3'],
    [24n, 2, 1, 1n, '0.2'],
    [100n, 2, 2, 3n, '0.33'],
  ])('%s of scale %d to %d places over %s is %s', (value, scale, places, over, text) => {
    expect(rounded(value, scale, places, over)).toBe(text);
  });

  it('adds up what doubles cannot', () => {
    expect(sum(['0.1', '0.2', '-0.3'])).toBe('0.0000000000');
    expect(sum([])).toBe('0.0000000000');
  });

  it.each([
    ['1234', 2, '12.34'],
    ['1200', 2, '12'],
    ['0.5', 2, '0.005'],
    ['1.5e2', 2, '1.5'],
  ])('%s moved by %d places is %s', (value, places, text) => {
    expect(shiftLeft(value, places)).toBe(text);
  });
});
