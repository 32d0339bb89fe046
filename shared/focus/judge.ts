import { DecimalError, rounded, scaled } from '../money.ts';
import { COST_COLUMNS, ENUMS, type FocusRecord, INSTANTS, NUMBERS, notNull, type ReadVersion } from './columns.ts';

/** Something in a row that breaks the spec. */
export interface Problem {
  /** The row of data, from 1; 0: the head. */
  readonly row: number;
  readonly column: string;
  readonly rule: string;
  /** What was meant beyond doubt; undefined: cannot be known. */
  readonly meant?: string | null;
  /** Whether the row has no place in a ledger as it stands. */
  readonly isFatal: boolean;
}

/** A row as it is meant, and what was wrong with it. */
export interface Judged {
  readonly record: FocusRecord;
  readonly problems: readonly Problem[];
}

/** Places that money keeps, and that a number may have at all. */
const PLACES = 10;
const MOST = 40;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** A day or an instant, year first, whose zone is told or left out; a month first could be a day first. */
const NEARLY = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d{2}:\d{2})?$/;

/** Judges one row after the other; rules across rows remember those before. */
export function judge(version: ReadVersion): (record: FocusRecord, row: number) => Judged {
  const wanted = notNull(version);
  const skus = new Map<string, string>();
  const services = new Map<string, string>();
  return (given, row) => {
    const record: Record<string, string | null> = { ...given };
    const problems: Problem[] = [];
    const wrong = (column: string, rule: string, meant?: string | null, isFatal = false): void => {
      problems.push({
        row,
        column,
        rule,
        isFatal: isFatal && meant === undefined,
        ...(meant === undefined ? {} : { meant }),
      });
      if (meant !== undefined) record[column] = meant;
    };
    for (const [column, value] of Object.entries(given)) {
      if (value === null || value.trim() !== '') continue;
      if (wanted.includes(column)) record[column] = null;
      else wrong(column, 'no value is null, not an empty text', null);
    }
    for (const column of wanted)
      if ((record[column] ?? null) === null) wrong(column, 'is empty (column may not be null)', undefined, true);
    for (const column of NUMBERS) number(column, record[column] ?? null, wrong);
    for (const column of INSTANTS) when(column, record[column] ?? null, wrong);
    for (const [column, values] of Object.entries(ENUMS)) {
      const value = record[column] ?? null;
      if (value === null || values.includes(value)) continue;
      const meant = values.find((one) => one.toLowerCase() === value.trim().toLowerCase());
      wrong(column, 'is none of the allowed values', meant, column === 'ChargeCategory');
    }
    const currency = record.BillingCurrency ?? null;
    if (currency !== null && !/^[A-Z]{3}$/.test(currency))
      wrong(
        'BillingCurrency',
        'is no ISO 4217 code',
        /^\s*[a-z]{3}\s*$/i.test(currency) ? currency.trim().toUpperCase() : undefined,
        true,
      );
    together(record, wrong);
    once(skus, record.SkuPriceId, record.SkuId, () => wrong('SkuPriceId', 'has more than one SkuId'));
    once(services, record.ServiceName, record.ServiceCategory, () =>
      wrong('ServiceName', 'has more than one ServiceCategory'),
    );
    return { record, problems };
  };
}

type Wrong = (column: string, rule: string, meant?: string | null, isFatal?: boolean) => void;

function number(column: string, value: string | null, wrong: Wrong): void {
  if (value === null) return;
  const isCost = COST_COLUMNS.includes(column);
  try {
    const exact = scaled(value, MOST);
    const plain = value.trim() === value && !value.startsWith('+');
    if (isCost && exact % 10n ** BigInt(MOST - PLACES) !== 0n)
      wrong(column, `has more than ${PLACES} places`, rounded(exact, MOST, PLACES));
    else if (!plain) wrong(column, 'is no plain number', value.trim().replace(/^\+/, ''));
  } catch (error) {
    if (!(error instanceof DecimalError)) throw error;
    wrong(column, 'is no number', undefined, isCost);
  }
}

function when(column: string, value: string | null, wrong: Wrong): void {
  if (value === null || (ISO.test(value) && !Number.isNaN(Date.parse(value)))) return;
  const [, day, time = '00:00:00', zone = 'Z'] = NEARLY.exec(value.trim()) ?? [];
  const text = `${day}T${time.length === 5 ? `${time}:00` : time}${zone === 'UTC' ? 'Z' : zone}`;
  const ms = day === undefined ? Number.NaN : Date.parse(text);
  wrong(
    column,
    'is no UTC instant such as 2026-11-24T00:00:00Z',
    Number.isNaN(ms) ? undefined : new Date(ms).toISOString(),
    true,
  );
}

/** Rules between the columns of a row. */
function together(record: FocusRecord, wrong: Wrong): void {
  const at = (column: string): number => Date.parse(record[column] ?? '');
  const has = (column: string): boolean => (record[column] ?? null) !== null;
  const category = record.ChargeCategory ?? '';
  const isCorrection = record.ChargeClass === 'Correction';
  if (at('BillingPeriodEnd') <= at('BillingPeriodStart'))
    wrong('BillingPeriodEnd', 'is not after its start', undefined, true);
  if (at('ChargePeriodEnd') <= at('ChargePeriodStart')) wrong('ChargePeriodEnd', 'is not after its start');
  if (
    !isCorrection &&
    (at('ChargePeriodStart') < at('BillingPeriodStart') || at('ChargePeriodEnd') > at('BillingPeriodEnd'))
  )
    wrong('ChargePeriodStart', 'lies outside its billing period');
  if (category === 'Purchase' && record.ChargeFrequency === 'Usage-Based')
    wrong('ChargeFrequency', 'a purchase is not Usage-Based');
  if (category !== 'Usage' && has('ConsumedQuantity')) wrong('ConsumedQuantity', 'stands on usage alone');
  if (has('ConsumedQuantity') !== has('ConsumedUnit')) wrong('ConsumedUnit', 'stands exactly beside its quantity');
  if (has('PricingQuantity') !== has('PricingUnit')) wrong('PricingUnit', 'stands exactly beside its quantity');
  if (category === 'Tax' && has('PricingQuantity')) wrong('PricingQuantity', 'a tax has none');
  for (const column of ['ListUnitPrice', 'ContractedUnitPrice'])
    if ((record[column] ?? '').startsWith('-')) wrong(column, 'is negative');
  if (isCorrection) return;
  product(record, 'ListUnitPrice', 'ListCost', wrong);
  product(record, 'ContractedUnitPrice', 'ContractedCost', wrong);
}

/** A cost is its price times the quantity, to half of its own last place, or to the ninth digit where it was a float. */
function product(record: FocusRecord, price: string, cost: string, wrong: Wrong): void {
  const [one, many, all] = [record[price], record.PricingQuantity, record[cost]];
  if (!one || !many || !all) return;
  try {
    const made = scaled(one, 20) * scaled(many, 20);
    const told = scaled(all, MOST);
    const places = /\.(\d+)$/.exec(all)?.[1]?.length ?? 0;
    const half = (5n * 10n ** BigInt(MOST)) / 10n ** BigInt(Math.min(places, MOST - 1) + 1);
    const off = made > told ? made - told : told - made;
    const digits = (told < 0n ? -told : told) / 1_000_000_000n;
    if (off > half && off > digits) wrong(cost, `is not ${price} times PricingQuantity`);
  } catch (error) {
    // What is no number has been said, and no price has more than twenty places.
    if (!(error instanceof DecimalError)) throw error;
  }
}

function once(
  seen: Map<string, string>,
  id: string | null | undefined,
  of: string | null | undefined,
  differs: () => void,
): void {
  if (!id || !of) return;
  const first = seen.get(id);
  if (first === undefined) seen.set(id, of);
  else if (first !== of) differs();
}
