import * as z from 'zod';
import { scaled, unscaled } from '../../money.ts';
import { type Answer, type Asking, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { limits } from '../../tables/limits.ts';
import { dollars } from '../dollars.ts';
import { beginsDay } from '../paging.ts';
import { keysAfter, keysAsked } from './keys.ts';

const credits = z.object({ total_credits: z.string(), total_usage: z.string() });
const key = z.object({
  hash: z.string(),
  disabled: z.boolean(),
  limit: z.string().nullable(),
  limit_remaining: z.string().nullable(),
  limit_reset: z.string().nullish(),
});
const page = z.object({ data: z.union([z.array(key), credits]) });

type Page = z.infer<typeof page>;
type LimitRow = SourceRow<typeof limits>;

const PERIODS: Readonly<Record<string, LimitRow['period']>> = { daily: 'daily', weekly: 'weekly', monthly: 'monthly' };

const less = (a: string, b: string): string => unscaled(scaled(dollars(a), 10) - scaled(dollars(b), 10), 10);

/** What is left of the credits bought, and the limit of each key that has one and works. */
function rows(answers: readonly Answer<Page>[], { window }: Asking): LimitRow[] {
  // Both end by a refusal with 402: https://openrouter.ai/docs/api-reference/errors
  const common = { day: window.from.slice(0, 10), unit: 'USD', enforced: 'yes' } as const;
  return answers.flatMap(({ page: { data } }): LimitRow[] => {
    if (!Array.isArray(data))
      return [
        {
          ...common,
          kind: 'prepaid_balance',
          scope_kind: 'organization',
          scope_id: null,
          period: null,
          amount: less(data.total_credits, data.total_usage),
          used_amount: dollars(data.total_usage),
        },
      ];
    return data.flatMap(({ hash, disabled, limit, limit_remaining, limit_reset }): LimitRow[] =>
      disabled || limit === null
        ? []
        : [
            {
              ...common,
              kind: 'spend_limit',
              scope_kind: 'credential',
              scope_id: hash,
              period: PERIODS[limit_reset ?? ''] ?? null,
              amount: dollars(limit),
              used_amount: limit_remaining === null ? null : less(limit, limit_remaining),
            },
          ],
    );
  });
}

/** Credits that are left, and limits of keys, as they are today. */
export const openrouterLimits = defineSource<typeof limits, Page>({
  id: 'openrouter_limits',
  vendor: 'openrouter',
  title: 'OpenRouter credits and limits of keys',
  ...SNAPSHOT,
  table: limits,
  page,
  exact: ['total_credits', 'total_usage', 'limit', 'limit_remaining'],
  ask: ({ window, connection: { baseUrl } }) =>
    beginsDay(window) ? [{ url: `${baseUrl}/credits` }, keysAsked(baseUrl)] : [],
  next: ({ asked, page: { data } }) => (Array.isArray(data) ? keysAfter(asked, data.length) : []),
  rows,
  blindSpots:
    'When credits were bought and when they lapse, and balances of the vendors whose own keys are used (https://openrouter.ai/docs/api-reference/credits/get-credits).',
});
