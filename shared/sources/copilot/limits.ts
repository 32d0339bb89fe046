import * as z from 'zod';
import { sum } from '../../money.ts';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Asking, type Disguised, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { limits } from '../../tables/limits.ts';
import { beginsDay, from } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { isCopilot, meterOf } from './billed.ts';
import { monthOf } from './months.ts';
import { byMember, question, scopeOf } from './scope.ts';

const texts = z.union([z.string(), z.array(z.string())]).nullish();

const budgetsPage = z.object({
  budgets: z.array(
    z.object({
      budget_scope: z.string(),
      // The page of the API has it in the singular, its examples in the plural.
      budget_product_sku: texts,
      budget_product_skus: texts,
      budget_amount: z.string(),
      prevent_further_usage: z.boolean().nullish(),
      budget_entity_name: z.string().nullish(),
      user: z.string().nullish(),
      consumed_amount: z.string().nullish(),
    }),
  ),
  has_next_page: z.boolean(),
});

const planPage = z.object({ seat_breakdown: z.object({ total: z.string() }), plan_type: z.string().nullish() });

const creditsPage = z.object({
  usageItems: z.array(z.object({ sku: z.string(), unitType: z.string(), grossQuantity: z.string() })),
});

const centresPage = z.object({
  costCenters: z.array(
    z.object({
      id: z.string(),
      state: z.string().nullish(),
      ai_credit_pool_enabled: z.boolean().nullish(),
      ai_credit_pool_state: z.object({ target_amount: z.string(), current_amount: z.string() }).nullish(),
    }),
  ),
});

type Page =
  | z.infer<typeof budgetsPage>
  | z.infer<typeof planPage>
  | z.infer<typeof creditsPage>
  | z.infer<typeof centresPage>;
type LimitRow = SourceRow<typeof limits>;

const page = byMember<Page>({
  budgets: budgetsPage,
  seat_breakdown: planPage,
  usageItems: creditsPage,
  costCenters: centresPage,
});

/** Credits a seat and month that a plan brings; more during the first three months. https://docs.github.com/en/copilot/concepts/billing/usage-based-billing */
const INCLUDED: Readonly<Record<string, { readonly before: bigint; readonly since: bigint }>> = {
  business: { before: 3000n, since: 1900n },
  enterprise: { before: 7000n, since: 3900n },
};
const PROMOTION_ENDED = '2026-09-01';

const SCOPES: Readonly<Record<string, LimitRow['scope_kind']>> = {
  enterprise: 'organization',
  organization: 'organization',
  cost_center: 'cost_center',
  user: 'person',
};

const skusOf = ({
  budget_product_sku: one,
  budget_product_skus: many,
}: z.infer<typeof budgetsPage>['budgets'][number]) => [one ?? [], many ?? []].flat().join(' ');

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  if (!('budgets' in told)) return { page: told, identities: [] };
  const logins = told.budgets.flatMap(({ user }) => (typeof user === 'string' ? [user] : []));
  const people = logins.map((login) => ({ login, id: names.login('github', login) }));
  return {
    page: {
      ...told,
      budgets: told.budgets.map(({ user, ...budget }) => ({
        ...budget,
        // The entity of a person's budget is the person.
        budget_entity_name: budget.budget_scope === 'user' ? null : budget.budget_entity_name,
        user: typeof user === 'string' ? names.login('github', user) : null,
      })),
    },
    identities: once(people.map(({ id, login }) => identityOf({ kind: 'person', id, login }))),
    principals: once(people.map(({ id }) => principalOf({ kind: 'person', id, login_hint: id }))),
  };
}

function* rows(answers: readonly Answer<Page>[], { window }: Asking): Generator<LimitRow> {
  const day = window.from.slice(0, 10);
  const pages = answers.map((answer) => answer.page);
  for (const budget of pages.flatMap((each) => ('budgets' in each ? each.budgets : []))) {
    const scope_kind = SCOPES[budget.budget_scope];
    // Budgets of other products, and of repositories, limit nothing of Copilot's.
    if (scope_kind === undefined || !isCopilot({ product: '', sku: skusOf(budget) })) continue;
    yield {
      day,
      kind: 'spend_limit',
      scope_kind,
      scope_id: scope_kind === 'organization' ? null : (budget.user ?? budget.budget_entity_name ?? null),
      period: 'monthly',
      amount: sum([budget.budget_amount]),
      used_amount: typeof budget.consumed_amount === 'string' ? sum([budget.consumed_amount]) : null,
      unit: 'USD',
      enforced: enforcedBy(budget.prevent_further_usage),
    };
  }
  const pool = { day, kind: 'included_pool', period: 'monthly', unit: 'credits', enforced: 'no' } as const;
  for (const centre of pages.flatMap((each) => ('costCenters' in each ? each.costCenters : []))) {
    const state = centre.ai_credit_pool_state ?? null;
    if (centre.state === 'deleted' || centre.ai_credit_pool_enabled !== true || state === null) continue;
    const [amount, used_amount] = [sum([state.target_amount]), sum([state.current_amount])];
    yield { ...pool, scope_kind: 'cost_center', scope_id: centre.id, amount, used_amount };
  }
  const plan = pages.find((each) => 'seat_breakdown' in each);
  const included = INCLUDED[plan?.plan_type ?? ''];
  if (plan !== undefined && included !== undefined) {
    const each = day < PROMOTION_ENDED ? included.before : included.since;
    const used = pages.flatMap((of) => ('usageItems' in of ? of.usageItems : []));
    const credits = used.filter(({ sku, unitType }) => meterOf(sku, unitType) === 'credits');
    yield {
      ...pool,
      scope_kind: 'organization',
      scope_id: null,
      amount: sum([String(BigInt(plan.seat_breakdown.total) * each)]),
      used_amount: sum(credits.map(({ grossQuantity }) => grossQuantity)),
    };
  }
}

function enforcedBy(stops: boolean | null | undefined): LimitRow['enforced'] {
  if (stops === null || stops === undefined) return 'unknown';
  return stops ? 'yes' : 'no';
}

/** Budgets, and the pool of credits that the seats bring, as they are today. */
export const copilotLimits = defineSource<typeof limits, Page>({
  id: 'copilot_limits',
  vendor: 'copilot',
  title: 'GitHub Copilot budgets and pools',
  ...SNAPSHOT,
  table: limits,
  page,
  exact: ['budget_amount', 'consumed_amount', 'target_amount', 'current_amount', 'grossQuantity', 'total'],
  ask: ({ window, connection }) => {
    if (!beginsDay(window)) return [];
    const { kind, billing, copilot } = scopeOf(connection);
    const budgets = question(`${billing}/budgets`, { per_page: '100', page: '1' });
    return kind === 'enterprise'
      ? [budgets, question(`${billing}/cost-centers`)]
      : [
          budgets,
          question(`${copilot}/billing`),
          question(`${billing}/ai_credit/usage`, monthOf(window.from.slice(0, 10))),
        ];
  },
  next: ({ asked, page: told }) => {
    if (!('budgets' in told) || !told.has_next_page) return [];
    return [from(asked, 'page', String(Number(new URL(asked.url).searchParams.get('page')) + 1))];
  },
  disguise,
  rows,
  blindSpots:
    "The pool of a whole enterprise, which is told by cost centre only; an organisation's is its seats times what GitHub's price page gives each; budgets of repositories (https://docs.github.com/en/rest/billing/budgets).",
});
