import { scaled, unscaled } from '../../money.ts';

/** Places that doubles are read to before their noise is cut. */
const DEEP = 30;

/**
 * A number as scaled bigint. The vendor computes with doubles, whose digits beyond `scale` places are noise
 * (7.714000000000001): they are rounded away, half up.
 */
export function rounded(value: string, scale: number): bigint {
  const point = value.indexOf('.');
  const isShort = point < 0 || value.length - point - 1 <= scale;
  if (isShort && !/e/i.test(value)) return scaled(value, scale);
  const deep = scaled(value, DEEP);
  const unit = 10n ** BigInt(DEEP - scale);
  const half = deep < 0n ? -unit / 2n : unit / 2n;
  return (deep + half) / unit;
}

/** Places of a cent that are kept: a ten-billionth of a dollar. */
export const CENT_PLACES = 8;

/** Cents as decimal text in dollars. */
export const dollars = (cents: bigint): string => unscaled(cents, CENT_PLACES + 2);
