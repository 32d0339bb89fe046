import * as z from 'zod';
import { scaled, unscaled } from '../../money.ts';
import { type Answer, type Asking, defineSource, type SourceRow } from '../../source.ts';
import { costs } from '../../tables/costs.ts';
import { dayOf, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { agrees, beginsDay, DISAGREES } from '../paging.ts';
import { dollars, meterOf } from './cost-page.ts';
import { disguisePeople, enterpriseActor, enterpriseQuestion, isEnterprise, productOf } from './enterprise.ts';
import { byForm, isBucketed } from './form.ts';
import { envelope, pageAfter, refreshedThrough } from './report.ts';

const dimension = z.string().nullable();
const money = { amount: z.string(), list_amount: z.string(), currency: z.string() };

/** A bucket holds its hundred largest groups and says nothing of the rest. */
const MOST_GROUPS = 100;

const people = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        actor: enterpriseActor,
        product: dimension,
        model: dimension,
        cost_type: dimension,
        token_type: dimension,
        ...money,
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES)
  .transform((told) => ({ ...told, of: 'people' as const }));

const totals = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        results: z
          .array(z.object({ product: dimension, ...money }))
          .max(MOST_GROUPS - 1, 'are as many as a bucket may hold, so that some may be missing'),
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES)
  .transform(({ data, ...paging }) => ({
    ...paging,
    data: data.flatMap(({ starting_at, results }) => results.map((result) => ({ starting_at, ...result }))),
    of: 'totals' as const,
  }));

type Page = z.infer<typeof people> | z.infer<typeof totals>;
type CostRow = SourceRow<typeof costs>;

// Of answers without a row the form does not matter.
const page = byForm<Page>(isBucketed, totals, people);

const line = (starting_at: string, product: string | null, connection: Asking['connection'], currency: string) => ({
  day: dayOf(millis(starting_at)),
  account_id: connection.accountId,
  workspace_id: null,
  credential_id: null,
  principal_id: null,
  product: productOf(product),
  model: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  meter: null,
  quantity: null,
  charge_category: 'Usage' as const,
  charge_frequency: 'Usage-Based' as const,
  charge_class: null,
  charge_description: null,
  billing_currency: currency.toUpperCase(),
  invoice_id: null,
  sku_id: null,
});

const priced = (amount: string, list: string) => ({
  billed_cost: amount,
  list_cost: list,
  contracted_cost: amount,
  effective_cost: amount,
});

function* ofPeople(answers: readonly Answer<Page>[], { connection }: Asking): Generator<CostRow> {
  for (const { page: told } of answers) {
    if (told.of !== 'people') continue;
    for (const {
      starting_at,
      actor,
      product,
      model,
      cost_type,
      token_type,
      amount,
      list_amount,
      currency,
    } of told.data)
      yield {
        ...line(starting_at, product, connection, currency),
        principal_id: actor.id,
        model,
        meter: meterOf({ cost_type, token_type }),
        charge_description: [cost_type, token_type].filter((words) => words !== null).join(', ') || null,
        ...priced(dollars(amount), dollars(list_amount)),
      };
  }
}

/** What the totals hold beyond the people's rows, by day and product: what is tied to no user account. */
function* rest(answers: readonly Answer<Page>[], asking: Asking): Generator<CostRow> {
  const left = new Map<string, { row: CostRow; billed: bigint; list: bigint }>();
  const nameOf = (row: CostRow): string => JSON.stringify([row.day, row.product, row.billing_currency]);
  for (const { page: told } of answers) {
    if (told.of !== 'totals') continue;
    for (const { starting_at, product, amount, list_amount, currency } of told.data) {
      const row: CostRow = {
        ...line(starting_at, product, asking.connection, currency),
        charge_description: 'tied to no user account',
        ...priced('0', '0'),
      };
      const { billed = 0n, list = 0n } = left.get(nameOf(row)) ?? {};
      const more = { billed: billed + scaled(dollars(amount), 10), list: list + scaled(dollars(list_amount), 10) };
      left.set(nameOf(row), { row, ...more });
    }
  }
  for (const row of ofPeople(answers, asking)) {
    const whole = left.get(nameOf(row)) ?? { row: { ...row, ...priced('0', '0') }, billed: 0n, list: 0n };
    const billed = whole.billed - scaled(row.billed_cost, 10);
    left.set(nameOf(row), { ...whole, billed, list: whole.list - scaled(row.list_cost ?? '0', 10) });
  }
  const isOneState = new Set(answers.map(({ page: told }) => told.data_refreshed_at)).size === 1;
  for (const { row, billed, list } of left.values()) {
    if (billed < 0n && isOneState)
      throw new Error(
        `anthropic_enterprise_costs: on ${row.day} people's ${row.product ?? 'unnamed product'} costs ${unscaled(-billed, 10)} ${row.billing_currency} more than its total; nothing of it is stored, ask again later`,
      );
    if (billed > 0n) yield { ...row, ...priced(unscaled(billed, 10), unscaled(list < 0n ? 0n : list, 10)) };
  }
}

function* rows(answers: readonly Answer<Page>[], asking: Asking): Generator<CostRow> {
  yield* ofPeople(answers, asking);
  yield* rest(answers, asking);
}

/** The ledger of a Claude Enterprise organisation: what each person is billed, and what is tied to nobody. */
export const anthropicEnterpriseCosts = defineSource<typeof costs, Page>({
  id: 'anthropic_enterprise_costs',
  vendor: 'anthropic',
  title: 'Claude Enterprise costs',
  kind: 'period',
  table: costs,
  // Fit for invoicing after 30 days: https://platform.claude.com/docs/en/manage-claude/analytics-api
  settles: [0, 1, 2, 3, 7, 14, 30, 'close'],
  lag: { usualHours: 4, worstHours: 24 },
  span: 31,
  reach: 365,
  wanted: isEnterprise,
  page,
  exact: ['amount', 'list_amount'],
  ask: (asking) =>
    beginsDay(asking.window)
      ? [
          enterpriseQuestion(asking, 'cost_report', ['product']),
          enterpriseQuestion(asking, 'user_cost_report', ['product', 'model', 'cost_type', 'token_type']),
        ]
      : [],
  next: ({ asked, page: told }) => pageAfter(asked, told),
  disguise: (told, names) => {
    if (told.of === 'totals') return { page: told, identities: [] };
    const { page: data, ...found } = disguisePeople(told.data, names);
    return { ...found, page: { ...told, data: [...data] } };
  },
  rows: (answers, asking) =>
    addUp(rows(answers, asking), { billed_cost: 10, list_cost: 10, contracted_cost: 10, effective_cost: 10 }),
  completeThrough: refreshedThrough,
  blindSpots:
    "Anything unless settings.reports = 'enterprise'; seat fees: on a seat-based plan this is only what is used beyond the seats; the person behind Code Review, Claude Tag in channels and API keys, which stay a row of their own (https://platform.claude.com/docs/en/manage-claude/analytics-api).",
});
