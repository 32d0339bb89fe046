import * as z from 'zod';
import { type Answer, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { costs } from '../../tables/costs.ts';
import { DAY, dayOf } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { dollars } from '../dollars.ts';
import { beginsDay } from '../paging.ts';
import { lineItem, quantityOf } from './line-item.ts';
import { bucketPage, coarser, daysOf, disguiseResults, pageAfter, question } from './report.ts';

const GROUPED_BY = ['project_id', 'user_id', 'api_key_id', 'line_item'] as const;
/** Most buckets that a page may hold. */
const MOST_DAYS = 180;

const dimension = z.string().nullish();

const result = z.object({
  // A missing amount is unknown, and a ledger with an unknown in it is none: it fails, by this name.
  amount: z.object({ value: z.string(), currency: z.string() }),
  line_item: dimension,
  project_id: dimension,
  user_id: dimension,
  api_key_id: dimension,
  quantity: z.string().nullish(),
  quantity_unit: dimension,
});

const page = bucketPage(result);

type Page = z.infer<typeof page>;
type Result = z.infer<typeof result>;
type CostRow = SourceRow<typeof costs>;

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<CostRow> {
  for (const { page: told } of answers) {
    for (const { start_time, results } of told.data) {
      for (const one of results) {
        const words = one.line_item ?? null;
        const { model, service_tier, meter } = lineItem(words);
        const amount = dollars(one.amount.value);
        yield {
          day: dayOf(start_time * 1000),
          account_id: connection.accountId,
          workspace_id: one.project_id ?? null,
          credential_id: one.api_key_id ?? null,
          principal_id: one.user_id ?? null,
          product: null,
          model,
          service_tier,
          speed: null,
          context_window: null,
          region: null,
          meter,
          quantity: quantityOf(meter, one.quantity ?? null, one.quantity_unit ?? null),
          charge_category: 'Usage',
          charge_frequency: 'Usage-Based',
          charge_class: null,
          charge_description: words,
          billed_cost: amount,
          list_cost: null,
          contracted_cost: amount,
          effective_cost: amount,
          billing_currency: one.amount.currency.toUpperCase(),
          invoice_id: null,
          sku_id: words,
        };
      }
    }
  }
}

/** The ledger by the day, as finely as the vendor allows for that day. */
export const openaiCosts = defineSource<typeof costs, Page>({
  id: 'openai_costs',
  vendor: 'openai',
  title: 'OpenAI costs',
  kind: 'period',
  table: costs,
  // Amounts of a day keep moving and no finality is told: https://platform.openai.com/docs/api-reference/usage/costs
  settles: [0, 1, 2, 3, 4, 5, 6, 7, 14, 30, 'close'],
  lag: { usualHours: 12, worstHours: 48 },
  span: 31,
  reach: null,
  page,
  exact: ['value', 'quantity'],
  ask: ({ window, connection }) => {
    if (!beginsDay(window)) return [];
    const span = daysOf(window);
    const limit = Math.min(MOST_DAYS, (span.to - span.from) / DAY);
    return [question(connection, 'costs', span, '1d', limit, GROUPED_BY)];
  },
  next: ({ asked, page: told }) => pageAfter(asked, told),
  refused: ({ asked, status, body }) => coarser(asked, status, body),
  disguise: (told, names) => disguiseResults<Result, Page>(told, names),
  rows: (answers, asking) =>
    addUp(lines(answers, asking), { quantity: 6, billed_cost: 10, contracted_cost: 10, effective_cost: 10 }),
  probe: defineProbe<Page>({
    page,
    ask: ({ window, connection }) => {
      const span = daysOf(window);
      return [
        question(connection, 'costs', span, '1d', Math.min(MOST_DAYS, (span.to - span.from) / DAY), ['line_item']),
      ];
    },
    next: ({ asked, page: told }) => pageAfter(asked, told),
    readings: (answers) =>
      answers.flatMap(({ page: told }) =>
        told.data.flatMap(({ start_time, results }) =>
          results.map(({ line_item, amount, quantity }) => ({
            day: dayOf(start_time * 1000),
            figure: JSON.stringify([line_item ?? null, dollars(amount.value), amount.currency, quantity ?? null]),
          })),
        ),
      ),
  }),
  blindSpots:
    'ChatGPT and Codex seats, credits, taxes, list prices before a discount, and the key of what was billed before 2025-12-06 (https://platform.openai.com/docs/api-reference/usage/costs).',
});
