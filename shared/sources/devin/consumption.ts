import * as z from 'zod';
import { rounded, scaled } from '../../money.ts';
import type { Answer, Ask, Asking } from '../../source.ts';
import { type Day, dayOf, HOUR, millis, startOf } from '../../time.ts';
import { address } from '../paging.ts';

/** Days of Devin's bill begin at midnight Pacific Standard Time: https://docs.devin.ai/api-reference/v3/consumption/consumption-daily */
const BEGINS_AFTER = 8 * HOUR;

/** Products that ACUs are told for, by the documentation; what is used of any other has none. */
export const PRODUCTS = ['devin', 'cascade', 'terminal', 'review'] as const;

const amount = z.string().nullish();

/** What was used, in ACUs by the day: https://docs.devin.ai/api-reference/v3/consumption/consumption-daily */
export const consumption = z.object({
  consumption_by_date: z.array(
    z.object({
      date: z.int(),
      acus: z.string(),
      acus_by_product: z.object({ devin: amount, cascade: amount, terminal: amount, review: amount }),
    }),
  ),
});

/** Such an answer, read. */
export type Consumption = z.infer<typeof consumption>;

/** JSON members that hold ACUs. */
export const ACUS = ['acus', ...PRODUCTS] as const;

/** Decimal places that a quantity keeps. */
export const PLACES = 6;

// Sums of doubles: what is beyond a millionth of an ACU is noise.
const acus = (told: string | null | undefined): bigint => scaled(rounded(scaled(told ?? '0', 30), 30, PLACES), PLACES);

/** What one day holds of one product, in millionths of an ACU; product null: what no product is told for. */
export interface Used {
  readonly day: Day;
  readonly product: string | null;
  readonly acus: bigint;
}

/** An answer's figures of the days of a window: a question may be answered beyond its ends. */
export function* usedIn({ consumption_by_date }: Consumption, { window }: Pick<Asking, 'window'>): Generator<Used> {
  for (const told of consumption_by_date) {
    const day = dayOf(told.date * 1000);
    if (startOf(day) < millis(window.from) || startOf(day) >= millis(window.to)) continue;
    let left = acus(told.acus);
    for (const product of PRODUCTS) {
      const of = acus(told.acus_by_product[product]);
      left -= of;
      if (of !== 0n) yield { day, product, acus: of };
    }
    if (left !== 0n) yield { day, product: null, acus: left };
  }
}

/** The question what was used in a window, by all of the enterprise or by one of its members. */
export const consumptionAsked = ({ window, connection }: Asking, of: string, more: Omit<Ask, 'url'> = {}): Ask => ({
  url: address(connection.baseUrl, `/v3/enterprise/consumption/daily${of}`, [
    ['time_after', seconds(window.from)],
    ['time_before', seconds(window.to)],
  ]),
  ...more,
});

const seconds = (at: string): string => String((millis(at) + BEGINS_AFTER) / 1000);

/** Amounts of members and of the whole are rounded apart from each other. */
const NOISE = 100n;

/** What the members lack against the whole, by day and product: use of people who left, or whom nobody may name. */
export function lackIn(
  answers: readonly { readonly isWhole: boolean; readonly used: Iterable<Used> }[],
): readonly Used[] {
  const lacks = new Map<string, Used>();
  for (const { isWhole, used } of answers) {
    for (const { day, product, acus: of } of used) {
      const name = `${day} ${product ?? ''}`;
      const before = lacks.get(name)?.acus ?? 0n;
      lacks.set(name, { day, product, acus: before + (isWhole ? of : -of) });
    }
  }
  return [...lacks.values()].filter(({ acus: lack }) => lack > NOISE || lack < -NOISE);
}

/** A question and its answer, where the answer is one of consumption. */
export const isAboutUse = <Other>(answer: Answer<Consumption | Other>): answer is Answer<Consumption> =>
  'consumption_by_date' in (answer.page as object);
