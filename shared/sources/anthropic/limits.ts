import * as z from 'zod';
import { shiftLeft, sum } from '../../money.ts';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Asking, type Disguised, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { limits } from '../../tables/limits.ts';
import { address, beginsDay, from } from '../paging.ts';

const scope = z.discriminatedUnion('type', [
  z.object({ type: z.literal('organization') }),
  z.object({ type: z.literal('organization_service'), service: z.string() }),
  z.object({ type: z.literal('workspace'), workspace_id: z.string() }),
  z.object({ type: z.literal('rbac_group'), rbac_group_id: z.string() }),
  z.object({ type: z.literal('seat_tier'), seat_tier: z.string() }),
  z.object({ type: z.literal('usage_tier') }),
  z.object({ type: z.literal('user'), user_id: z.string() }),
]);

const page = z.object({
  data: z.array(
    z.object({
      scope,
      // Whole cents; null: no cap.
      amount: z.string().regex(/^\d+$/, 'must be whole cents').nullable(),
      currency: z.string(),
      period: z.enum(['daily', 'weekly', 'monthly']),
      is_enabled: z.boolean(),
    }),
  ),
  // This list says no has_more: it ends where no page follows.
  next_page: z.string().nullable(),
});

type Page = z.infer<typeof page>;
type Scope = z.infer<typeof scope>;
type LimitRow = SourceRow<typeof limits>;

function scoped(of: Scope): Pick<LimitRow, 'scope_kind' | 'scope_id'> {
  switch (of.type) {
    case 'organization':
      return { scope_kind: 'organization', scope_id: null };
    case 'organization_service':
      return { scope_kind: 'organization', scope_id: of.service };
    case 'workspace':
      return { scope_kind: 'workspace', scope_id: of.workspace_id };
    case 'rbac_group':
      return { scope_kind: 'team', scope_id: of.rbac_group_id };
    case 'seat_tier':
      return { scope_kind: 'tier', scope_id: of.seat_tier };
    case 'usage_tier':
      return { scope_kind: 'tier', scope_id: 'usage_tier' };
    case 'user':
      return { scope_kind: 'person', scope_id: of.user_id };
    default:
      return of satisfies never;
  }
}

const disguise = (told: Page, names: Pseudonyms): Disguised<Page> => ({
  page: {
    ...told,
    data: told.data.map((limit) =>
      limit.scope.type === 'user'
        ? { ...limit, scope: { ...limit.scope, user_id: names.user('anthropic', limit.scope.user_id) } }
        : limit,
    ),
  },
  identities: [],
});

const rows = (answers: readonly Answer<Page>[], { window }: Asking): LimitRow[] =>
  answers.flatMap(({ page: told }) =>
    told.data.map(
      (limit): LimitRow => ({
        day: window.from.slice(0, 10),
        kind: 'spend_limit',
        ...scoped(limit.scope),
        period: limit.period,
        amount: limit.amount === null ? null : sum([shiftLeft(limit.amount, 2)]),
        used_amount: null,
        unit: limit.currency.toUpperCase(),
        // Switched off it caps nothing, and is kept for when extra usage is switched on again.
        enforced: limit.is_enabled ? 'yes' : 'no',
      }),
    ),
  );

/** Spend limits as they are today, where the organisation may read them. */
export const anthropicLimits = defineSource<typeof limits, Page>({
  id: 'anthropic_limits',
  vendor: 'anthropic',
  title: 'Anthropic spend limits',
  ...SNAPSHOT,
  table: limits,
  page,
  exact: [],
  ask: ({ window, connection }) =>
    beginsDay(window)
      ? [
          {
            url: address(connection.baseUrl, '/v1/organizations/spend_limits', [['limit', '1000']]),
            headers: { 'anthropic-beta': 'spend-limit-reads-2026-09-26' },
          },
        ]
      : [],
  next: ({ asked, page: told }) => (told.next_page === null ? [] : [from(asked, 'page', told.next_page)]),
  // For Console organisations a preview to a few: whatever is refused is not available.
  refused: ({ status }) => (status >= 400 && status < 500 ? [] : null),
  note: (answered, { window }) =>
    answered.length === 0 && beginsDay(window)
      ? 'this organisation, or this key, may not read its spend limits: they are an early access preview; nothing depends on them'
      : null,
  disguise,
  rows,
  blindSpots:
    'What is used of a limit, rate limits, prepaid credit, and everything where the preview is not open (https://platform.claude.com/docs/en/manage-claude/spend-limits).',
});
