import { rounded, scaled } from '../money.ts';

/**
 * Dollars that a vendor computed with doubles, whose digits beyond a ten-billionth of a dollar are noise
 * (0.06000000000000001): they are rounded away, half up, where other ledgers would be refused.
 */
export const dollars = (value: string): string => rounded(scaled(value, 30), 30, 10);
