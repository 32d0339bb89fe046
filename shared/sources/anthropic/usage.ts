import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { type Answer, type Ask, type Asking, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { instant, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { agrees, DISAGREES } from '../paging.ts';
import { actor, principalIdOf } from './actor.ts';
import { ATTRIBUTED_BY, type Combination, combinationOf, filtersOf, nameOf, PRICED_BY } from './cuts.ts';
import { disguiseReport, envelope, pageAfter, question, refreshedThrough, without } from './report.ts';

const count = z.int().nonnegative();
const dimension = z.string().nullable();

const counts = z
  .object({
    uncached_input_tokens: count,
    cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
    cache_read_input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    requests: count.nullable(),
    server_tool_use: z.object({ web_search_requests: count }),
  })
  // A kind of token that we do not know would be missing without a sign.
  .refine((told) => tokensOf(told) === told.total_tokens, {
    path: ['total_tokens'],
    error: 'is not the sum of the kinds of tokens that are told apart',
  });

const page = z
  .object({
    data: z.array(
      z.object({
        starting_at: z.string(),
        group: z.object({
          model: dimension,
          service_tier: dimension,
          context_window: dimension,
          inference_geo: dimension,
          speed: dimension,
          api_key_id: dimension,
          workspace_id: dimension,
          actor,
          product: dimension,
          session_id: dimension,
        }),
        usage: counts,
      }),
    ),
    ...envelope,
  })
  .refine(agrees, DISAGREES);

type Page = z.infer<typeof page>;
type Line = Page['data'][number];
type UsageRow = SourceRow<typeof usage>;

/** What a row counts, in meters. Nothing counted is no row; a count that is not told is none either. */
function metersOf({ usage: told }: Line): [MeterId, number][] {
  const meters: [MeterId, number | null][] = [
    ['input_tokens', told.uncached_input_tokens],
    ['cache_write_5m_tokens', told.cache_creation.ephemeral_5m_input_tokens],
    ['cache_write_1h_tokens', told.cache_creation.ephemeral_1h_input_tokens],
    ['cache_read_tokens', told.cache_read_input_tokens],
    ['output_tokens', told.output_tokens],
    ['web_search_requests', told.server_tool_use.web_search_requests],
    ['requests', told.requests],
  ];
  return meters.filter((meter): meter is [MeterId, number] => meter[1] !== null && meter[1] !== 0);
}

function tokensOf(told: {
  readonly uncached_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}): number {
  const { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long } = told.cache_creation;
  return told.uncached_input_tokens + short + long + told.cache_read_input_tokens + told.output_tokens;
}

const isPart = ({ about }: Ask): boolean => about?.cut === 'part';

const seenIn = (answers: readonly Answer<Page>[]): Combination[] => {
  const seen = new Map<string, Combination>();
  for (const { asked, page: told } of answers) {
    if (isPart(asked)) continue;
    for (const { group } of told.data) seen.set(nameOf(group), combinationOf(group));
  }
  return [...seen.values()];
};

/** The combination that a part was asked for. */
const askedFor = ({ about = {} }: Ask): Combination => ({
  model: about.model ?? null,
  service_tier: about.service_tier ?? null,
  context_window: about.context_window ?? null,
  inference_geo: about.inference_geo ?? null,
  speed: about.speed ?? null,
});

/** One question for each combination that filters can single out: who used it. */
function partsOf(asking: Asking, seen: readonly Combination[]): Ask[] {
  return seen.flatMap((combination) => {
    const filters = filtersOf(combination, seen);
    if (filters === null) return [];
    const told = Object.entries(combination).filter((entry): entry is [string, string] => entry[1] !== null);
    return [
      {
        ...question(asking, 'usage', '1h', ATTRIBUTED_BY, filters),
        about: { cut: 'part', ...Object.fromEntries(told) },
      },
    ];
  });
}

const hours = new Map<string, string>();

/** An answer names the same few hours thousands of times. */
function hourOf(text: string): string {
  let hour = hours.get(text);
  if (hour === undefined) {
    if (hours.size > 5000) hours.clear();
    hour = instant(millis(text));
    hours.set(text, hour);
  }
  return hour;
}

function* linesOf(
  answer: Answer<Page>,
  { connection }: Asking,
  combination: Combination | null,
  cut: UsageRow['cut'],
): Generator<UsageRow> {
  for (const line of answer.page.data) {
    const { group } = line;
    const priced = combination ?? group;
    const hour = hourOf(line.starting_at);
    for (const [meter, quantity] of metersOf(line)) {
      yield {
        day: hour.slice(0, 10),
        hour_at: hour,
        account_id: connection.accountId,
        workspace_id: group.workspace_id,
        credential_id: group.api_key_id ?? (group.actor?.type === 'api_actor' ? group.actor.id : null),
        principal_id: principalIdOf(group.actor),
        product: group.product,
        session_id: group.session_id,
        model: priced.model,
        service_tier: priced.service_tier,
        speed: priced.speed,
        context_window: priced.context_window,
        region: priced.inference_geo,
        meter,
        quantity: String(quantity),
        claimed_cost: null,
        cut,
      };
    }
  }
}

/** What a part and the whole have in common: the hour, what prices, and the meter. */
const slotOf = ({ hour_at, model, service_tier, context_window, region, speed, meter }: UsageRow): string =>
  JSON.stringify([hour_at, model, service_tier, context_window, region, speed, meter]);

/** Rows of the parts, then what the parts lack against the price cut; where no part could be asked for, the price cut itself. */
function* rows(answers: readonly Answer<Page>[], asking: Asking): Generator<UsageRow> {
  const seen = seenIn(answers);
  const apart = new Set(seen.filter((one) => filtersOf(one, seen) !== null).map(nameOf));
  const lacking = new Map<string, { row: UsageRow; quantity: bigint }>();
  const parts: UsageRow[] = [];
  const wholes: UsageRow[] = [];
  for (const answer of answers) {
    if (isPart(answer.asked)) {
      parts.push(...linesOf(answer, asking, askedFor(answer.asked), 'part'));
      continue;
    }
    for (const row of linesOf(answer, asking, null, 'rest')) {
      const name = nameOf({ ...row, inference_geo: row.region });
      if (!apart.has(name)) wholes.push({ ...row, cut: 'whole' });
      else {
        const slot = slotOf(row);
        lacking.set(slot, { row, quantity: (lacking.get(slot)?.quantity ?? 0n) + BigInt(row.quantity) });
      }
    }
  }
  for (const row of parts) {
    const slot = slotOf(row);
    const whole = lacking.get(slot);
    // Without a whole the part is usage that arrived between the two questions.
    if (whole !== undefined) whole.quantity -= BigInt(row.quantity);
    else lacking.set(slot, { row, quantity: -BigInt(row.quantity) });
  }
  const rests: UsageRow[] = [];
  const refreshed = new Set(answers.map(({ page: told }) => told.data_refreshed_at)).size > 1;
  for (const { row, quantity } of lacking.values()) {
    if (quantity > 0n) rests.push({ ...row, quantity: String(quantity) });
    if (quantity < 0n && !refreshed) {
      throw new Error(
        `anthropic_usage: at ${row.hour_at ?? row.day} the parts of ${row.model ?? 'no model'} hold ${-quantity} ${row.meter} more than the whole; ` +
          'the cuts overlap, so nothing of it is stored',
      );
    }
  }
  yield* addUp([...parts, ...wholes, ...rests], { quantity: 6 });
}

/** Who used what, by the hour: first by what prices, then for each combination by whom. */
export const anthropicUsage = defineSource<typeof usage, Page>({
  id: 'anthropic_usage',
  vendor: 'anthropic',
  title: 'Anthropic usage',
  kind: 'period',
  table: usage,
  // Within 4 hours, at most 24; values of a day may be revised for 30 days:
  // https://platform.claude.com/docs/en/manage-claude/analytics-api
  settles: [0, 1, 2, 3, 7, 14, 30, 'close'],
  lag: { usualHours: 4, worstHours: 24 },
  span: 31,
  reach: 365,
  page,
  exact: [],
  ask: (asking) => [{ ...question(asking, 'usage', '1h', PRICED_BY), about: { cut: 'price' } }],
  next: ({ asked, page: told, window, connection, soFar }) => {
    const more = pageAfter(asked, told);
    if (more.length > 0 || isPart(asked)) return more;
    return partsOf({ window, connection }, seenIn(soFar));
  },
  refused: ({ asked, status, body }) =>
    without(isPart(asked) ? ['session_id', 'api_key_id', 'product', 'workspace_id'] : ['speed'], asked, status, body),
  disguise: (told, names) => disguiseReport(told, names),
  rows,
  completeThrough: refreshedThrough,
  blindSpots:
    'Claude on AWS Bedrock, Google Vertex and Microsoft Foundry, Claude Platform on AWS, organisations with HIPAA readiness, and anything before 2026-01-01 or a year ago (https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api).',
});
