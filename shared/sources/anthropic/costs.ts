import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { shiftLeft } from '../../money.ts';
import { type Answer, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { costs } from '../../tables/costs.ts';
import { dayOf, instant, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { agrees, beginsDay, DISAGREES } from '../paging.ts';
import { actor, principalIdOf } from './actor.ts';
import { disguiseReport, envelope, pageAfter, question, refreshedThrough, without } from './report.ts';

/**
 * Five dimensions, and the two that do not count toward five. `token_type` alone would leave out all money that is not
 * for tokens, without a sign; `cost_type` always goes with it.
 */
const GROUPED_BY = ['api_key_id', 'workspace_id', 'actor', 'model', 'service_tier', 'cost_type', 'token_type'] as const;

const dimension = z.string().nullable();

const page = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        group: z.object({
          api_key_id: dimension,
          workspace_id: dimension,
          actor,
          model: dimension,
          service_tier: dimension,
          cost_type: dimension,
          token_type: dimension,
        }),
        cost: z.object({ amount: z.string(), list_amount: z.string(), currency: z.string() }),
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES);

type Page = z.infer<typeof page>;
type CostRow = SourceRow<typeof costs>;

/** The meter behind the vendor's words; null for words that we do not know. */
const METER_OF = new Map<string, MeterId>([
  ['uncached_input_tokens', 'input_tokens'],
  ['output_tokens', 'output_tokens'],
  ['cache_read_input_tokens', 'cache_read_tokens'],
  ['cache_creation.ephemeral_5m_input_tokens', 'cache_write_5m_tokens'],
  ['cache_creation.ephemeral_1h_input_tokens', 'cache_write_1h_tokens'],
  ['web_search', 'web_search_requests'],
  ['code_execution', 'code_execution_hours'],
  ['session_usage', 'session_hours'],
]);

/** Fractional cents to dollars, by moving the point of the text. */
const dollars = (cents: string): string => shiftLeft(cents, 2);

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<CostRow> {
  for (const { page: told } of answers) {
    for (const { starting_at, group, cost } of told.data) {
      const amount = dollars(cost.amount);
      yield {
        day: dayOf(millis(starting_at)),
        account_id: connection.accountId,
        workspace_id: group.workspace_id,
        credential_id: group.api_key_id ?? (group.actor?.type === 'api_actor' ? group.actor.id : null),
        principal_id: principalIdOf(group.actor),
        product: null,
        model: group.model,
        service_tier: group.service_tier,
        speed: null,
        context_window: null,
        region: null,
        meter: METER_OF.get(group.token_type ?? group.cost_type ?? '') ?? null,
        quantity: null,
        charge_category: 'Usage',
        charge_frequency: 'Usage-Based',
        charge_class: null,
        charge_description: [group.cost_type, group.token_type].filter((words) => words !== null).join(', ') || null,
        billed_cost: amount,
        list_cost: dollars(cost.list_amount),
        // After discount, before credits: the price agreed on is the price billed.
        contracted_cost: amount,
        effective_cost: amount,
        billing_currency: cost.currency.toUpperCase(),
        invoice_id: null,
        sku_id: null,
      };
    }
  }
}

/** The ledger: what each key, person and workspace is billed, by the day. */
export const anthropicCosts = defineSource<typeof costs, Page>({
  id: 'anthropic_costs',
  vendor: 'anthropic',
  title: 'Anthropic costs',
  kind: 'period',
  table: costs,
  // Fit for invoicing after 30 days: https://platform.claude.com/docs/en/manage-claude/analytics-api
  settles: [0, 1, 2, 3, 7, 14, 30, 'close'],
  lag: { usualHours: 4, worstHours: 24 },
  span: 31,
  reach: 365,
  page,
  exact: ['amount', 'list_amount'],
  ask: (asking) => {
    if (!beginsDay(asking.window)) return [];
    const { from, to } = asking.window;
    // The vendor's day, also when only its first hour is asked for.
    const end = instant(Math.ceil(millis(to) / 86_400_000) * 86_400_000);
    return [question({ ...asking, window: { from, to: end } }, 'cost', '1d', GROUPED_BY)];
  },
  next: ({ asked, page: told }) => pageAfter(asked, told),
  refused: ({ asked, status, body }) => without(['service_tier', 'api_key_id', 'workspace_id'], asked, status, body),
  disguise: (told, names) => disguiseReport(told, names),
  rows: (answers, asking) =>
    addUp(lines(answers, asking), {
      billed_cost: 10,
      list_cost: 10,
      contracted_cost: 10,
      effective_cost: 10,
    }),
  completeThrough: refreshedThrough,
  probe: defineProbe<Page>({
    page,
    ask: (asking) => [question(asking, 'cost', '1d', ['model', 'cost_type', 'token_type'])],
    next: ({ asked, page: told }) => pageAfter(asked, told),
    readings: (answers) =>
      answers.flatMap(({ page: told }) =>
        told.data.map(({ starting_at, group: { model, cost_type, token_type }, cost }) => ({
          day: starting_at.slice(0, 10),
          figure: JSON.stringify([model, cost_type, token_type, cost.amount, cost.list_amount, cost.currency]),
        })),
      ),
    completeThrough: refreshedThrough,
  }),
  blindSpots:
    'Priority Tier commitments, seat fees, credits, and what AWS, Google or Microsoft bill for Claude (https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api).',
});
