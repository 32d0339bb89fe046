import { type Answer, type Ask, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { costs } from '../../tables/costs.ts';
import { DAY, dayOf, instant, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { beginsDay } from '../paging.ts';
import { principalIdOf } from './actor.ts';
import { type CostPage, costPage, dollars, meterOf } from './cost-page.ts';
import { asksLegacy, eitherForm, isLegacy, lacksReport, legacyNote } from './legacy.ts';
import { legacyCostPage, legacyCosts } from './legacy-costs.ts';
import { disguiseReport, pageAfter, question, refreshedThrough, without } from './report.ts';

/**
 * Five dimensions, and the two that do not count toward five. `token_type` alone would leave out all money that is not
 * for tokens, without a sign; `cost_type` always goes with it.
 */
const GROUPED_BY = ['api_key_id', 'workspace_id', 'actor', 'model', 'service_tier', 'cost_type', 'token_type'] as const;

const page = eitherForm(costPage, legacyCostPage);

type CostRow = SourceRow<typeof costs>;

function* lines(answers: readonly Answer<CostPage>[], { connection }: Asking): Generator<CostRow> {
  for (const { page: told } of answers) {
    for (const { starting_at, group, cost, description } of told.data) {
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
        context_window: group.context_window ?? null,
        region: group.inference_geo ?? null,
        meter: meterOf(group),
        quantity: null,
        charge_category: 'Usage',
        charge_frequency: 'Usage-Based',
        charge_class: null,
        charge_description:
          description ?? ([group.cost_type, group.token_type].filter((words) => words !== null).join(', ') || null),
        billed_cost: amount,
        list_cost: cost.list_amount === null ? null : dollars(cost.list_amount),
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

/** The vendor's days, also when only a first hour is asked for. */
const ofDays = ({ window: { from, to }, connection }: Asking): Asking => ({
  window: { from, to: instant(Math.ceil(millis(to) / DAY) * DAY) },
  connection,
});

const currentCosts = (asking: Asking): Ask => question(asking, 'cost', '1d', GROUPED_BY);

/** The ledger: what each key, person and workspace is billed, by the day. */
export const anthropicCosts = defineSource<typeof costs, CostPage>({
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
  wanted: ({ settings }) => settings.reports !== 'enterprise',
  ask: (asking) => {
    if (!beginsDay(asking.window)) return [];
    return [asksLegacy(asking.connection) ? legacyCosts(ofDays(asking)) : currentCosts(ofDays(asking))];
  },
  next: ({ asked, page: told }) => pageAfter(asked, told),
  refused: ({ asked, status, body, ...asking }) => {
    if (lacksReport({ asked, status, body })) return [legacyCosts(ofDays(asking))];
    return isLegacy(asked) ? null : without(['service_tier', 'api_key_id', 'workspace_id'], asked, status, body);
  },
  disguise: (told, names) => disguiseReport(told, names),
  rows: (answers, asking) =>
    addUp(lines(answers, asking), {
      billed_cost: 10,
      list_cost: 10,
      contracted_cost: 10,
      effective_cost: 10,
    }),
  completeThrough: refreshedThrough,
  note: legacyNote,
  probe: defineProbe<CostPage>({
    page,
    ask: (asking) => [
      asksLegacy(asking.connection)
        ? legacyCosts(asking)
        : question(asking, 'cost', '1d', ['model', 'cost_type', 'token_type']),
    ],
    next: ({ asked, page: told }) => pageAfter(asked, told),
    readings: (answers) =>
      answers.flatMap(({ page: told }) =>
        told.data.map(({ starting_at, group: { workspace_id, model, cost_type, token_type }, cost, description }) => ({
          day: starting_at.slice(0, 10),
          figure: JSON.stringify([
            workspace_id,
            description ?? null,
            model,
            cost_type,
            token_type,
            cost.amount,
            cost.list_amount,
            cost.currency,
          ]),
        })),
      ),
    completeThrough: refreshedThrough,
  }),
  blindSpots:
    'Priority Tier commitments, seat fees, credits, key and person where the organisation has the legacy report only, and what AWS, Google or Microsoft bill for Claude (https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api).',
});
