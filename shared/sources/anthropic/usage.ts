import { type Answer, type Ask, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { instant, millis } from '../../time.ts';
import { addUp, nameOf } from '../add-up.ts';
import { principalIdOf } from './actor.ts';
import { ATTRIBUTED_BY, type Combination, combinationOf, filtersOf, PRICED_BY } from './cuts.ts';
import { asksLegacy, eitherForm, isLegacy, lacksReport, legacyNote } from './legacy.ts';
import { LEGACY_ATTRIBUTED_BY, legacyUsage, legacyUsagePage } from './legacy-usage.ts';
import { disguiseReport, pageAfter, question, refreshedThrough, without } from './report.ts';
import { metersOf, type UsagePage, usagePage } from './usage-page.ts';

type Page = UsagePage;
type UsageRow = SourceRow<typeof usage>;

const page = eitherForm(usagePage, legacyUsagePage);

const isPart = ({ about }: Ask): boolean => about?.cut === 'part';

const seenIn = (answers: readonly Answer<Page>[]): Combination[] => {
  const seen = new Map<string, Combination>();
  for (const { asked, page: told } of answers) {
    if (isPart(asked)) continue;
    for (const { group } of told.data) seen.set(nameOf(group, PRICED_BY), combinationOf(group));
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
function partsOf(asking: Asking, seen: readonly Combination[], legacy: boolean): Ask[] {
  return seen.flatMap((combination) => {
    const filters = filtersOf(combination, seen);
    if (filters === null) return [];
    const told = Object.entries(combination).filter((entry): entry is [string, string] => entry[1] !== null);
    const asked = legacy
      ? legacyUsage(asking, '1h', LEGACY_ATTRIBUTED_BY, filters)
      : question(asking, 'usage', '1h', ATTRIBUTED_BY, filters);
    return [{ ...asked, about: { ...asked.about, cut: 'part', ...Object.fromEntries(told) } }];
  });
}

/** The first question: what prices. */
function whole(asking: Asking, legacy: boolean): Ask {
  const asked = legacy ? legacyUsage(asking, '1h', PRICED_BY) : question(asking, 'usage', '1h', PRICED_BY);
  return { ...asked, about: { ...asked.about, cut: 'price' } };
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
        workspace_id: combination === null && isLegacy(answer.asked) ? null : group.workspace_id,
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
        claim: null,
        cut,
      };
    }
  }
}

/** The columns that hold a combination, in the order of PRICED_BY. */
const ROW_OF_COMBINATION = ['model', 'service_tier', 'context_window', 'region', 'speed'] as const;
/** What a part and the whole have in common: the hour, what prices, and the meter. */
const SLOT = ['hour_at', 'model', 'service_tier', 'context_window', 'region', 'speed', 'meter'] as const;
const slotOf = (row: UsageRow): string => nameOf(row, SLOT);

/** Rows of the parts, then what the parts lack against the price cut; where no part could be asked for, the price cut itself. */
function* rows(answers: readonly Answer<Page>[], asking: Asking): Generator<UsageRow> {
  const seen = seenIn(answers);
  const apart = new Set(seen.filter((one) => filtersOf(one, seen) !== null).map((one) => nameOf(one, PRICED_BY)));
  const lacking = new Map<string, { row: UsageRow; quantity: bigint }>();
  const parts: UsageRow[] = [];
  const wholes: UsageRow[] = [];
  for (const answer of answers) {
    if (isPart(answer.asked)) {
      parts.push(...linesOf(answer, asking, askedFor(answer.asked), 'part'));
      continue;
    }
    for (const row of linesOf(answer, asking, null, 'rest')) {
      const name = nameOf(row, ROW_OF_COMBINATION);
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
  // Legacy answers bear no stamp, and are minutes fresh: usage may have come in between two of them.
  const refreshed =
    answers.some(({ asked }) => isLegacy(asked)) ||
    new Set(answers.map(({ page: told }) => told.data_refreshed_at)).size > 1;
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
  wanted: ({ settings }) => settings.reports !== 'enterprise',
  page,
  exact: [],
  ask: (asking) => [whole(asking, asksLegacy(asking.connection))],
  next: ({ asked, page: told, window, connection, soFar }) => {
    const more = pageAfter(asked, told);
    if (more.length > 0 || isPart(asked)) return more;
    return partsOf({ window, connection }, seenIn(soFar), isLegacy(asked));
  },
  refused: ({ asked, status, body, ...asking }) => {
    if (!isPart(asked) && lacksReport({ asked, status, body })) return [whole(asking, true)];
    const optional = isLegacy(asked)
      ? ['service_account_id', 'account_id']
      : ['session_id', 'api_key_id', 'product', 'workspace_id'];
    return without(isPart(asked) ? optional : ['speed'], asked, status, body);
  },
  disguise: (told, names) => disguiseReport(told, names),
  rows,
  completeThrough: refreshedThrough,
  note: legacyNote,
  probe: defineProbe<Page>({
    page,
    ask: (asking) => [
      asksLegacy(asking.connection) ? legacyUsage(asking, '1d', ['model']) : question(asking, 'usage', '1d', ['model']),
    ],
    next: ({ asked, page: told }) => pageAfter(asked, told),
    readings: (answers) =>
      answers.flatMap(({ page: told }) =>
        told.data.map((line) => ({
          day: line.starting_at.slice(0, 10),
          figure: JSON.stringify([line.group.model, metersOf(line)]),
        })),
      ),
    completeThrough: refreshedThrough,
  }),
  blindSpots:
    'Requests, sessions and products where the organisation has the legacy report only; Claude on AWS Bedrock, Google Vertex and Microsoft Foundry, Claude Platform on AWS, and anything before 2026-01-01 or a year ago (https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api).',
});
