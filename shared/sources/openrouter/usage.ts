import * as z from 'zod';
import { type Answer, type Ask, type Asking, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { dayOf, days, millis } from '../../time.ts';
import { addUp, nameOf } from '../add-up.ts';
import { either, has } from '../either.ts';
import { address, beginsDay } from '../paging.ts';
import { principalOf } from '../principal.ts';
import { type Activity, activity, combined, type Dimensions, type Measured, measured, rowsOf } from './activity.ts';
import { keysAfter, keysAsked } from './keys.ts';

/** Of the list of keys only this is needed here. */
const listed = z.object({ hash: z.string() });
/** Lines of either answer; each is read by its own schema. */
const line = either<Activity | z.infer<typeof listed>>((item) => (has(item, 'hash') ? listed : activity));
const page = z.object({ data: z.array(line) });

type Page = z.infer<typeof page>;

const daysIn = ({ window }: Asking): string[] => [...days(dayOf(millis(window.from)), dayOf(millis(window.to)))];

const activityAsked = ({ connection }: Asking, day: string, key: string | null): Ask => ({
  url: address(connection.baseUrl, '/activity', [
    ['date', day],
    ['group_by', 'workspace'],
    ...(key === null ? [] : [['api_key_hash', key] as const]),
  ]),
  about: key === null ? {} : { key },
});

const activitiesIn = ({ data }: Page): Activity[] => data.filter((item) => 'date' in item);

/** Amounts of the keys and of the whole are rounded apart from each other: a millionth of a dollar is no payment. */
const NOISE = 10_000n;

const DIMENSIONS = ['day', 'workspace_id', 'product', 'model'] as const;

interface Lack {
  readonly dimensions: Dimensions;
  readonly of: Measured;
}

const dimensionsOf = (told: Activity, account_id: string | null, key: string | null): Dimensions => ({
  day: told.date.slice(0, 10),
  account_id,
  workspace_id: told.workspace_id ?? null,
  credential_id: key,
  product: told.provider_name,
  model: told.model,
  cut: key === null ? 'rest' : 'part',
});

const NONE: Measured = { billed: 0n, upstream: 0n, requests: 0, input: 0, output: 0 };

/** What the keys lack against the whole: use by deleted keys, and in the vendor's own chat, which needs none. */
function lackIn(answers: readonly Answer<Page>[], account_id: string | null): readonly Lack[] {
  const lacking = new Map<string, Lack>();
  for (const { asked, page: told } of answers) {
    const key = asked.about?.key ?? null;
    for (const one of activitiesIn(told)) {
      const dimensions = { ...dimensionsOf(one, account_id, null) };
      const name = nameOf(dimensions, DIMENSIONS);
      const of = combined(lacking.get(name)?.of ?? NONE, measured(one), key === null ? 1 : -1);
      lacking.set(name, { dimensions, of });
    }
  }
  return [...lacking.values()];
}

/** Whether an answer is about a day of the whole account. */
const isWhole = ({ asked }: Answer<Page>): boolean => asked.about?.list === undefined && asked.about?.key === undefined;

const isNegative = ({ of }: Lack): boolean => of.requests < 0 || of.input < 0 || of.output < 0;

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<SourceRow<typeof usage>> {
  const { accountId } = connection;
  for (const { asked, page: told } of answers) {
    const key = asked.about?.key ?? null;
    if (key === null) continue;
    for (const one of activitiesIn(told)) yield* rowsOf(dimensionsOf(one, accountId, key), measured(one));
  }
  const lacking = lackIn(answers, accountId);
  const over = lacking.find(isNegative)?.dimensions;
  if (over !== undefined)
    throw new Error(
      `openrouter_usage: on ${over.day} the keys hold more of ${over.model ?? 'no model'} than the whole account; nothing of it is stored`,
    );
  for (const { dimensions, of } of lacking)
    if (of.requests > 0 || of.billed > NOISE || of.upstream > NOISE) yield* rowsOf(dimensions, of);
}

/** Who used what through OpenRouter, by the day and key: the vendor's ledger for credits, a copy for a customer's own keys. */
export const openrouterUsage = defineSource<typeof usage, Page>({
  id: 'openrouter_usage',
  vendor: 'openrouter',
  title: 'OpenRouter activity',
  kind: 'period',
  table: usage,
  // Completed days alone are told, and no correction after that: a few more looks cost little.
  settles: [1, 2, 3, 7],
  lag: { usualHours: 2, worstHours: 24 },
  // A question a day and key.
  span: 1,
  // The last thirty completed UTC days: https://openrouter.ai/docs/api-reference/analytics/get-user-activity
  reach: 30,
  page,
  exact: ['usage', 'byok_usage_inference'],
  // The whole comes last: what was used meanwhile is then lacking in the keys, never too much in them.
  ask: (asking) =>
    beginsDay(asking.window)
      ? [keysAsked(asking.connection.baseUrl), ...daysIn(asking).map((day) => activityAsked(asking, day, null))]
      : [],
  next: ({ asked, page: told, window, connection, soFar }) => {
    const asking = { window, connection };
    if (asked.about?.list !== 'keys') {
      const isLast = asked.about?.key === undefined && soFar.filter(isWhole).length === daysIn(asking).length;
      // Keys that hold more than the whole: one of the answers was short. The loop begins a window anew that is sent back.
      return isLast && lackIn(soFar, null).some(isNegative) ? [keysAsked(connection.baseUrl)] : [];
    }
    const keys = told.data.flatMap((item) => ('hash' in item ? [item.hash] : []));
    return [
      ...keys.flatMap((key) => daysIn(asking).map((day) => activityAsked(asking, day, key))),
      ...keysAfter(asked, keys.length),
    ];
  },
  // A key may go while its neighbours are read: its use is then in the rest.
  refused: ({ asked, status }) => (status === 404 && asked.about?.key !== undefined ? [] : null),
  disguise: (told) => ({
    page: told,
    identities: [],
    principals: activitiesIn(told).flatMap(({ workspace_id }) =>
      workspace_id ? [principalOf({ kind: 'workspace', id: workspace_id })] : [],
    ),
  }),
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6, claimed_cost: 10 }),
  blindSpots:
    'The day that still runs, anything older than thirty days, which tokens came from a cache, who the person behind a key is, and how tokens divide where a model was paid both by credits and through an own key (https://openrouter.ai/docs/api-reference/analytics/get-user-activity).',
});
