/**
 * Exact decimals: text outside, a scaled bigint inside, never a float.
 * A `Decimal` is text such as `-12.0300`; its scale is what the column it goes to says.
 */
export type Decimal = string;

const WHOLE = /^(?:0|[1-9]\d*)$/;
const PLAIN = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** A decimal that does not fit: not a number, or more places than the column keeps. */
export class DecimalError extends Error {}

/**
 * Turns decimal text (exponent form allowed, as JSON writes it) into a bigint scaled by 10^scale.
 * @throws DecimalError when the text is no decimal, or holds non-zero digits beyond `scale`.
 */
export function scaled(value: string, scale: number): bigint {
  return short(value, scale) ?? exact(value, scale);
}

const POWERS = Array.from({ length: 39 }, (_, n) => 10n ** BigInt(n));

/** The common case, four times faster: plain digits, at most 15 of them, no place to cut. */
function short(value: string, scale: number): bigint | null {
  const negative = value.charCodeAt(0) === 45;
  let digits = 0;
  let places = -1;
  let n = 0;
  for (let i = negative ? 1 : 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code === 46 && places < 0) places = 0;
    else if (code >= 48 && code <= 57) {
      n = n * 10 + code - 48;
      digits += 1;
      if (places >= 0) places += 1;
    } else return null;
  }
  const power = POWERS[scale - Math.max(places, 0)];
  if (digits === 0 || digits > 15 || power === undefined) return null;
  return BigInt(negative ? -n : n) * power;
}

function exact(value: string, scale: number): bigint {
  const match = PLAIN.exec(value.trim());
  if (match === null || `${match[2]}${match[3]}` === '') throw new DecimalError(`'${value}' is not a decimal number`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  // Exponents of money are small; a huge one would only build a huge string.
  const shift = scale - fraction.length + Number(exponent);
  if (Math.abs(shift) > 80) throw new DecimalError(`'${value}' is out of range`);
  const digits = whole + fraction;
  if (shift >= 0) return signed(sign, BigInt(digits + '0'.repeat(shift)));
  const cut = digits.padStart(1 - shift, '0');
  if (/[1-9]/.test(cut.slice(shift))) {
    throw new DecimalError(`'${value}' has more than ${scale} decimal places`);
  }
  return signed(sign, BigInt(cut.slice(0, shift)));
}

function signed(sign: string | undefined, value: bigint): bigint {
  return sign === '-' ? -value : value;
}

/** Writes a bigint scaled by 10^scale as decimal text with exactly `scale` places. */
export function unscaled(value: bigint, scale: number): Decimal {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Decimal text with exactly `scale` places. @throws DecimalError as `scaled` does */
export function placed(value: string, scale: number): Decimal {
  // Most quantities are whole numbers.
  return WHOLE.test(value) && scale > 0 ? `${value}.${'0'.repeat(scale)}` : unscaled(scaled(value, scale), scale);
}

/** A number divided and cut to fewer places, half away from zero. */
export function rounded(value: bigint, scale: number, places: number, over = 1n): string {
  const unit = over * 10n ** BigInt(scale - places);
  const half = value < 0n ? -unit / 2n : unit / 2n;
  return unscaled((value + half) / unit, places);
}

/** Adds decimal texts exactly; the result has `scale` places. */
export function sum(values: Iterable<Decimal>, scale = 10): Decimal {
  let total = 0n;
  for (const value of values) total += scaled(value, scale);
  return unscaled(total, scale);
}

/** Moves the decimal point of a text `places` to the left, exactly (cents to dollars: 2). */
export function shiftLeft(value: string, places: number): Decimal {
  const match = PLAIN.exec(value.trim());
  if (match === null) throw new DecimalError(`'${value}' is not a decimal number`);
  const scale = (match[3] ?? '').length - Number(match[4] ?? '0');
  const exact = Math.max(scale, 0);
  return unscaled(scaled(value, exact), exact + places)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
