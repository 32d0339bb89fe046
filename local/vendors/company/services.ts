import { isWeekend } from '../calendar.ts';
import { fingerprint, Random } from '../random.ts';
import { growth } from './activity.ts';
import type { ModelClass } from './models.ts';
import type { Tokens } from './tokens.ts';

/** When a program runs. */
export type Rhythm = 'always' | 'business' | 'nightly' | 'weekdays';

/** A program that calls models with a key of its own. */
export interface Service {
  readonly id: string;
  readonly rhythm: Rhythm;
  /** Requests on a usual day of a company of sixty. */
  readonly requests: number;
  /** Tokens of one usual request. */
  readonly uncached: number;
  readonly written: number;
  readonly read: number;
  readonly output: number;
  /** Classes of model with their share of the requests. */
  readonly models: readonly (readonly [kind: ModelClass, share: number])[];
}

/** What a program did with one class of model within one UTC hour. */
export interface Run {
  readonly hour: number;
  readonly kind: ModelClass;
  readonly requests: number;
  readonly tokens: Tokens;
  readonly grain: number;
}

const hoursOf: Readonly<Record<Rhythm, readonly number[]>> = {
  always: [0, 3, 6, 8, 10, 12, 14, 16, 18, 20, 22],
  business: [8, 9, 10, 11, 13, 14, 15, 16, 17],
  nightly: [1, 2, 3],
  weekdays: [7, 9, 11, 13, 15, 17, 19, 21],
};

/** What a service did on a UTC day; `scale` is the company's size beside sixty. */
export function runsOn(seed: number, middle: number, service: Service, scale: number, day: number): readonly Run[] {
  const weekend = isWeekend(day);
  const quiet = weekend && (service.rhythm === 'weekdays' || service.rhythm === 'business');
  const random = new Random(fingerprint(seed, 'service', service.id, day));
  const dayFactor = scale * growth(day, middle) * random.spread(0.18) * (quiet ? 0.06 : weekend ? 0.7 : 1);
  const hours = hoursOf[service.rhythm];
  const shape = random.spread(0.06);
  return hours.flatMap((hour) => {
    const portion = (0.75 + 0.5 * random.next()) / hours.length;
    return service.models.flatMap(([kind, part]): readonly Run[] => {
      const requests = Math.round(service.requests * dayFactor * portion * part);
      const grain = random.between(0, 2 ** 31 - 1);
      if (requests === 0) return [];
      const each = (tokens: number): number => Math.round(requests * tokens * shape);
      const tokens = {
        uncached: each(service.uncached),
        shortWrite: each(service.written),
        longWrite: 0,
        cacheRead: each(service.read),
        output: each(service.output),
      };
      return [{ hour, kind, requests, tokens, grain }];
    });
  });
}
