import { scaled } from '../../money.ts';
import type { Line, Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem } from './said.ts';

/** A rate that the table cannot hold: of currencies so far apart, the other way round is meant. */
const MOST = scaled('100000', 10);

/** fx.csv: one rate a day from each currency, all of them to one currency. */
export function fxOf(lines: Lines): Problem[] {
  const rates = lines['fx.csv'];
  const [first] = rates;
  if (first === undefined) return [];
  return [
    ...rates.flatMap((rate) => [...currenciesOf(rate, first), ...backwards('fx.csv', rate), ...sizeOf(rate)]),
    ...overlaps('fx.csv', rates, ({ from_currency }) => from_currency, 'a currency has one rate a day'),
  ];
}

type Rate = Line<'fx.csv'>;

function currenciesOf({ line, from_currency, to_currency }: Rate, first: Rate): Problem[] {
  if (to_currency !== first.to_currency)
    return [
      problem(
        'fx.csv',
        line,
        'to_currency',
        to_currency,
        `must be ${first.to_currency}, as line ${first.line} says: all is told in one currency`,
      ),
    ];
  return from_currency === to_currency
    ? [problem('fx.csv', line, 'from_currency', from_currency, 'must be another than to_currency')]
    : [];
}

const sizeOf = ({ line, rate }: Rate): Problem[] =>
  scaled(rate, 10) < MOST ? [] : [problem('fx.csv', line, 'rate', rate, 'must be below 100000')];
