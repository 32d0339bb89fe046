import * as z from 'zod';

/**
 * A value of one of several shapes, the schema chosen by what it holds: unlike a union, it says by name what is missing.
 * `shapeOf` gets the value as answered, and chooses.
 */
export const either = <Shape>(shapeOf: (value: unknown) => z.ZodType<Shape>): z.ZodType<Shape> =>
  z.unknown().transform((value, context): Shape => {
    const parsed = shapeOf(value).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues)
      context.issues.push({ code: 'custom', path: [...path], message, input: value });
    return z.NEVER;
  });

/** Whether a value is an object with a member of this name. */
export const has = (value: unknown, member: string): boolean =>
  typeof value === 'object' && value !== null && member in value;
