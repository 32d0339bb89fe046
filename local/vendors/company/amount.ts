/**
 * The decimal text of a scaled integer, rounded half away from zero to `places`:
 * `decimalText(12345n, 4, 2)` is `1.23`.
 */
export function decimalText(value: bigint, scale: number, places: number): string {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  const unit = 10n ** BigInt(Math.max(0, scale - places));
  const rounded = scale >= places ? (magnitude + unit / 2n) / unit : magnitude * 10n ** BigInt(places - scale);
  const digits = rounded.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`;
  return negative && rounded !== 0n ? `-${text}` : text;
}
