import * as z from 'zod';
import { either } from '../either.ts';

const bucketed = z.looseObject({ data: z.array(z.looseObject({ results: z.array(z.unknown()) })) });

/** Whether the rows of an answer stand in buckets, as the older reports have them; an answer without a bucket may be either. */
export const isBucketed = (value: unknown): boolean => bucketed.safeParse(value).success;

/** A page in one of two forms; unlike a plain union each fails by its own names. */
export function byForm<Page>(
  isOther: (value: unknown) => boolean,
  other: z.ZodType<Page>,
  usual: z.ZodType<Page>,
): z.ZodType<Page> {
  return either((value) => (isOther(value) ? other : usual));
}
