import { scaled, unscaled } from '../money.ts';
import { PRICE_PLACES } from './price.ts';

const FACTOR_PLACES = 4;
const QUANTITY_PLACES = 6;

/** Decimal text without zeros that say nothing. */
export function plain(value: bigint, scale: number): string {
  const text = unscaled(value, scale);
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/**
 * The price of one unit out of the price of `units`, exactly.
 * @throws Error when it needs more than 14 places.
 */
export function perUnit(price: string, units: number): string {
  const block = BigInt(units);
  const value = scaled(price, PRICE_PLACES);
  if (value % block !== 0n) throw new Error(`${price} per ${units} has no exact unit price in ${PRICE_PLACES} places`);
  return plain(value / block, PRICE_PLACES);
}

/**
 * A unit price times a factor, exactly.
 * @throws Error when it needs more than 14 places.
 */
export function times(unitPrice: string, factor: string): string {
  const one = 10n ** BigInt(FACTOR_PLACES);
  const value = scaled(unitPrice, PRICE_PLACES) * scaled(factor, FACTOR_PLACES);
  if (value % one !== 0n) throw new Error(`${unitPrice} times ${factor} needs more than ${PRICE_PLACES} places`);
  return plain(value / one, PRICE_PLACES);
}

/**
 * The price that bears to `of` the ratio that `price` bears to `reference`, exactly.
 * @throws Error when it needs more than 14 places.
 */
export function inRatio(of: string, price: string, reference: string): string {
  const divisor = scaled(reference, PRICE_PLACES);
  const value = scaled(of, PRICE_PLACES) * scaled(price, PRICE_PLACES);
  if (divisor === 0n || value % divisor !== 0n) {
    throw new Error(`${of} in the ratio ${price} : ${reference} needs more than ${PRICE_PLACES} places`);
  }
  return plain(value / divisor, PRICE_PLACES);
}

/** What a quantity costs at a unit price, in full length (at most 20 places). */
export function cost(quantity: string, unitPrice: string): string {
  return plain(scaled(quantity, QUANTITY_PLACES) * scaled(unitPrice, PRICE_PLACES), QUANTITY_PLACES + PRICE_PLACES);
}
