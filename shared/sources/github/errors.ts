import * as z from 'zod';

const failure = z.object({
  message: z.string().optional(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string().optional() })).optional(),
});

function parsed(body: string): z.infer<typeof failure> | null {
  try {
    return failure.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** The words of an error body, REST's or GraphQL's. */
export function errorMessage(body: string): string | null {
  const told = parsed(body);
  return told?.message ?? told?.errors?.find(({ message }) => message !== undefined)?.message ?? null;
}

const STATUS_OF: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
};

/**
 * GraphQL reports limits and refusals beside a 200, and a refused part beside data: half an answer is none.
 * The secondary limit is a 403 that only its words tell from a missing right.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function disguised(body: string, status: number): number | null {
  // Answers are long, and nearly all are just that.
  if (!/"(errors|message)"/.test(body)) return null;
  const told = parsed(body);
  const [first] = told?.errors ?? [];
  if (first?.type === 'RATE_LIMITED' || /rate limit/i.test(first?.message ?? told?.message ?? '')) return 429;
  if (first === undefined || status !== 200) return null;
  // Without a type it is either our question that is wrong or a time-out; asking again tells.
  return STATUS_OF[first.type ?? ''] ?? 502;
}
