import * as z from 'zod';
import { DecimalError, scaled } from '../money.ts';
import { SINCE_EVER, STILL } from '../prices/price.ts';
import { isDay } from '../time.ts';

/** Codes of national currencies. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Any text; empty is null. */
export const optional = z.string().transform((cell) => (cell === '' ? null : cell));
/** Any text but none. */
export const required = z.string().min(1, 'must not be empty');
/** An id. */
export const id = z.string().regex(/^[a-zA-Z0-9][\w.:/-]*$/, 'must be an id: letters, digits, _ . : / -');
/** An id, or empty. */
export const optionalId = z.union([z.literal('').transform(() => null), id]);
/** A UTC day. */
export const day = z.string().refine(isDay, 'must be a day such as 2026-11-24');
/** A UTC day, or empty. */
export const optionalDay = z.union([z.literal('').transform(() => null), day]);
/** First day, empty: since ever. */
export const from = z.union([z.literal('').transform(() => SINCE_EVER), day]);
/** First day after, empty: still. */
export const to = z.union([z.literal('').transform(() => STILL), day]);
/** An e-mail address, trimmed and in lower case. */
export const email = z
  .string()
  .regex(/^\s*[^@\s;,]+@[^@\s;,]+\s*$/, 'must be an e-mail address')
  .transform((cell) => cell.trim().toLowerCase());
/** An e-mail address, or empty. */
export const optionalEmail = z.union([z.literal('').transform(() => null), email]);
/** Items with `;` between; empty is none. */
export const listOf = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((cell) => (cell === '' ? [] : cell.split(';').map((part) => part.trim())))
    .pipe(z.array(item));
/** A decimal of so many places, not below `least` (scaled); null: any. */
export const amount = (places: number, least: bigint | null, says: string) =>
  z.string().refine((cell) => fits(cell, places, least), says);
/** A decimal from 0 on, or empty. */
export const optionalAmount = (places: number, says: string) =>
  z.union([z.literal('').transform(() => null), amount(places, 0n, says)]);
/** A currency, ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD');
/** A currency that ISO 4217 has or had. */
export const knownCurrency = currency.refine(
  (cell) => CURRENCIES.has(cell),
  'must be a currency of ISO 4217 such as EUR',
);
/** A time zone, empty: UTC. */
export const zone = z
  .string()
  .transform((cell) => cell || 'UTC')
  .refine(isZone, 'must be an IANA time zone such as Europe/Berlin');

function fits(cell: string, places: number, least: bigint | null): boolean {
  try {
    const value = scaled(cell, places);
    return least === null || value >= least;
  } catch (error) {
    if (error instanceof DecimalError) return false;
    throw error;
  }
}

const zones = new Map<string, boolean>();

/** A directory names the same few zones for everyone, and asking the platform for one is slow. */
function isZone(name: string): boolean {
  let known = zones.get(name);
  if (known === undefined) {
    known = isKnownZone(name);
    zones.set(name, known);
  }
  return known;
}

function isKnownZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
