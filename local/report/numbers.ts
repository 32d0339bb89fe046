import { scaled, unscaled } from '../../shared/money.ts';

const KEPT = 14;

/** How a currency is written before a figure: `$`, or its code and a space. */
export const signOf = (currency: string): string => (currency === 'USD' ? '$' : `${currency} `);

/** Decimal text rounded half away from zero, digits grouped, without a sign in front. */
function magnitude(amount: string, places: number): { words: string; negative: boolean } {
  const value = scaled(amount, KEPT);
  const unit = 10n ** BigInt(KEPT - places);
  const rounded = ((value < 0n ? -value : value) + unit / 2n) / unit;
  const digits = rounded.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return {
    words: places === 0 ? whole : `${whole}.${digits.slice(-places)}`,
    negative: value < 0n && rounded !== 0n,
  };
}

const written = (amount: string, places: number, sign: string): string => {
  const { words, negative } = magnitude(amount, places);
  return `${negative ? '−' : ''}${sign}${words}`;
};

/** Money to the cent: `$1,935.72`. */
export const cents = (amount: string, currency: string): string => written(amount, 2, signOf(currency));

/** An amount to the cent without its currency: `1,935.72`. */
export const bare = (amount: string): string => written(amount, 2, '');

/** Money in headlines and pictures: `$1,936`; below ten with its cents. */
export function dollars(amount: string, currency: string): string {
  return written(amount, Math.abs(Number(amount)) < 9.995 && Number(amount) !== 0 ? 2 : 0, signOf(currency));
}

/** Places a unit cost is written with: none from 100, two below, and two digits that count for small prices. */
function unitPlaces(amount: string): number {
  const size = Math.abs(Number(amount));
  if (size >= 100) return 0;
  return size >= 0.1 || size === 0 ? 2 : Math.min(KEPT, 1 - Math.floor(Math.log10(size)));
}

/** Cost of one piece of work: `$17.18`, `$124`, `$0.0042`. */
export const unitCost = (amount: string, currency: string): string =>
  written(amount, unitPlaces(amount), signOf(currency));

/** A range with one sign: `$13.87–17.96`; both ends with as many places as the lower one. */
export function range(low: string, high: string, currency: string): string {
  const places = unitPlaces(low);
  return `${written(low, places, signOf(currency))}–${written(high, places, '')}`;
}

/** Money with its sign always shown: `+$145`. */
export const signed = (amount: string, currency: string): string =>
  `${Number(amount) > 0 ? '+' : ''}${dollars(amount, currency)}`;

/** One amount less another, exact. */
export const difference = (amount: string, less: string): string =>
  unscaled(scaled(amount, KEPT) - scaled(less, KEPT), KEPT);

/** Part of a whole as a number; null when there is no whole. */
export const ratio = (part: string | null, whole: string | null): number | null =>
  part === null || whole === null || Number(whole) === 0 ? null : Number(part) / Number(whole);

/** `85 %`; with `places` decimals. */
export const percent = (share: number, places = 0): string =>
  `${share < 0 && Number((share * 100).toFixed(places)) !== 0 ? '−' : ''}${Math.abs(share * 100).toFixed(places)} %`;

/** Change between two amounts: `+14.0 %`; null when there is nothing to compare with. */
export function change(now: string, before: string | null): string | null {
  const part = ratio(now, before);
  if (part === null) return null;
  const words = percent(part - 1, 1);
  return part > 1 && words !== '0.0 %' ? `+${words}` : words;
}

/** Distance between two shares: `+2.9 pt`. */
export const points = (distance: number): string => {
  const words = Math.abs(distance * 100).toFixed(1);
  return words === '0.0' ? '0.0 pt' : `${distance > 0 ? '+' : '−'}${words} pt`;
};

/** A count with grouped digits: `41,862`. */
export const count = (value: string | number): string => written(String(value), 0, '');
