import { expect, it } from 'vitest';
import { mistakesIn } from '../mistakes.ts';

const HEADER = 'from_currency,to_currency,rate,origin,valid_from,valid_to\n';
const mistakes = (...lines: readonly string[]) => mistakesIn({ 'fx.csv': HEADER + lines.join('\n') });

it('takes rates of several currencies to one, one time after the other, and a time without', () => {
  expect(
    mistakes(
      'EUR,USD,1.0842,ECB,2026-10-01,2026-11-01',
      'EUR,USD,1.0917,ECB,2026-11-01,2026-12-01',
      'EUR,USD,1.1,ECB,2027-01-01,2027-02-01',
      'JPY,USD,0.0064935065,ECB,2026-10-01,2027-01-01',
    ),
  ).toEqual([]);
});

it.each([
  [
    'a currency that is none',
    ['EUX,USD,1.08,ECB,2026-10-01,2026-11-01'],
    "line 2, from_currency ('EUX'): must be a currency of ISO 4217 such as EUR",
  ],
  [
    'a rate of nothing',
    ['EUR,USD,0,ECB,2026-10-01,2026-11-01'],
    "line 2, rate ('0'): must be above 0, at most 10 places: what one unit of from_currency is in to_currency",
  ],
  [
    'a negative rate',
    ['EUR,USD,-1.08,ECB,2026-10-01,2026-11-01'],
    "line 2, rate ('-1.08'): must be above 0, at most 10 places: what one unit of from_currency is in to_currency",
  ],
  [
    'a rate of more than ten places',
    ['EUR,USD,1.08123456789,ECB,2026-10-01,2026-11-01'],
    "line 2, rate ('1.08123456789'): must be above 0, at most 10 places: what one unit of from_currency is in to_currency",
  ],
  [
    'a rate too wide for its column',
    ['USD,IRR,100000,ECB,2026-10-01,2026-11-01'],
    "line 2, rate ('100000'): must be below 100000",
  ],
  [
    'a rate from nowhere',
    ['EUR,USD,1.08,,2026-10-01,2026-11-01'],
    "line 2, origin (''): must say where the rate comes from, such as ECB monthly average",
  ],
  ['a rate for ever', ['EUR,USD,1.08,ECB,2026-10-01,'], "line 2, valid_to (''): must be a day such as 2026-11-24"],
  [
    'two rates of one day',
    ['EUR,USD,1.08,ECB,2026-10-01,2026-11-01', 'EUR,USD,1.09,ECB,2026-10-31,2026-12-01'],
    "line 3, valid_from ('2026-10-31'): overlaps line 2 (2026-10-01 to 2026-11-01); a currency has one rate a day",
  ],
  [
    'a second reporting currency',
    ['EUR,USD,1.08,ECB,2026-10-01,2026-11-01', 'USD,EUR,0.92,ECB,2026-10-01,2026-11-01'],
    "line 3, to_currency ('EUR'): must be USD, as line 2 says: all is told in one currency",
  ],
  [
    'a currency in itself',
    ['USD,USD,1,ECB,2026-10-01,2026-11-01'],
    "line 2, from_currency ('USD'): must be another than to_currency",
  ],
  [
    'a time that ends before it begins',
    ['EUR,USD,1.08,ECB,2026-11-01,2026-10-01'],
    "line 2, valid_to ('2026-10-01'): must be after valid_from, 2026-11-01: it is the first day it no longer holds",
  ],
] as const)('refuses %s', (_what, lines, says) => {
  expect(mistakes(...lines)).toEqual([`fx.csv, ${says}`]);
});
