import * as z from 'zod';
import { type Answer, type Asking, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { dayOf, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { agrees, beginsDay, DISAGREES } from '../paging.ts';
import { disguisePeople, enterpriseActor, enterpriseQuestion, isEnterprise, productOf } from './enterprise.ts';
import { envelope, pageAfter, refreshedThrough } from './report.ts';
import { counts, metersOf } from './usage-page.ts';

const GROUPED_BY = ['product', 'model', 'context_window', 'inference_geo', 'speed'] as const;

const dimension = z.string().nullable();

const page = z
  .object({
    data: z.array(
      // Here the counts stand in the row itself.
      z
        .looseObject({})
        .transform((told) => ({ ...told, usage: told }))
        .pipe(
          z.object({
            starting_at: z.string(),
            actor: enterpriseActor,
            product: dimension,
            model: dimension,
            context_window: dimension,
            inference_geo: dimension,
            speed: dimension,
            usage: counts,
          }),
        ),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES);

type Page = z.infer<typeof page>;
type UsageRow = SourceRow<typeof usage>;

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<UsageRow> {
  for (const { page: told } of answers) {
    for (const line of told.data) {
      for (const [meter, quantity] of metersOf(line)) {
        yield {
          day: dayOf(millis(line.starting_at)),
          hour_at: null,
          account_id: connection.accountId,
          workspace_id: null,
          credential_id: null,
          principal_id: line.actor.id,
          product: productOf(line.product),
          session_id: null,
          model: line.model,
          service_tier: null,
          speed: line.speed,
          context_window: line.context_window,
          region: line.inference_geo,
          meter,
          quantity: String(quantity),
          claimed_cost: null,
          claim: null,
          cut: 'whole',
        };
      }
    }
  }
}

/** Who used what of a Claude Enterprise organisation, by the day. */
export const anthropicEnterpriseUsage = defineSource<typeof usage, Page>({
  id: 'anthropic_enterprise_usage',
  vendor: 'anthropic',
  title: 'Claude Enterprise usage',
  kind: 'period',
  table: usage,
  // Values of a day may be revised for 30 days: https://platform.claude.com/docs/en/manage-claude/analytics-api
  settles: [0, 1, 2, 3, 7, 14, 30, 'close'],
  lag: { usualHours: 4, worstHours: 24 },
  span: 31,
  reach: 365,
  wanted: isEnterprise,
  page,
  exact: [],
  ask: (asking) => (beginsDay(asking.window) ? [enterpriseQuestion(asking, 'user_usage_report', GROUPED_BY)] : []),
  next: ({ asked, page: told }) => pageAfter(asked, told),
  disguise: (told, names) => {
    const { page: data, ...found } = disguisePeople(told.data, names);
    return { ...found, page: { ...told, data: [...data] } };
  },
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6 }),
  completeThrough: refreshedThrough,
  blindSpots:
    "Anything unless settings.reports = 'enterprise'; what is tied to no user account: Code Review, Claude Tag in channels, API keys; the hour; on a seat-based plan what the seats cover (https://platform.claude.com/docs/en/manage-claude/analytics-api).",
});
