import { METERS } from '../../meters.ts';
import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem } from './said.ts';

/** prices.csv: one price a day for each use, of a meter that has prices. */
export function pricesOf(lines: Lines): Problem[] {
  const prices = lines['prices.csv'];
  const known = new Set<string>(METERS.filter(({ priced }) => priced).map(({ id }) => id));
  return [
    ...prices.flatMap((price) => [
      ...backwards('prices.csv', price),
      ...(known.has(price.meter)
        ? []
        : [problem('prices.csv', price.line, 'meter', price.meter, `must be one of ${[...known].join(', ')}`)]),
    ]),
    ...overlaps(
      'prices.csv',
      prices,
      (p) => [p.provider, p.model, p.meter, p.service_tier, p.speed, p.region, p.context_window].join(' '),
      'a use has one price a day',
    ),
  ];
}
