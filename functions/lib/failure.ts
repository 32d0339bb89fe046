import * as z from 'zod';

const failure = z.object({ $metadata: z.object({ httpStatusCode: z.number().optional() }) });
const named = z.object({ name: z.string() });

/** HTTP status of an AWS refusal; null when the error is none. */
export function statusOf(error: unknown): number | null {
  const parsed = failure.safeParse(error);
  return parsed.success ? (parsed.data.$metadata.httpStatusCode ?? null) : null;
}

/** Whether an AWS refusal has this name, e.g. `ConditionalCheckFailedException`. */
export function isNamed(error: unknown, name: string): boolean {
  const parsed = named.safeParse(error);
  return parsed.success && parsed.data.name === name;
}

/** What a call answers, or `instead` when AWS refused it under this name. */
export async function unless<T, I>(name: string, instead: I, call: Promise<T>): Promise<T | I> {
  try {
    return await call;
  } catch (error) {
    if (isNamed(error, name)) return instead;
    throw error;
  }
}
