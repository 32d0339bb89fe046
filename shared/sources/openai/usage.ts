import type * as z from 'zod';
import { type Answer, type Ask, type Asking, defineProbe, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { instant, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { beginsDay } from '../paging.ts';
import { coarser, daysOf, disguiseResults, pageAfter, question } from './report.ts';
import { metersOf, type UsageResult, usagePage } from './usage-page.ts';

type Page = z.infer<typeof usagePage>;
type UsageRow = SourceRow<typeof usage>;

const WHO = ['project_id', 'user_id', 'api_key_id'] as const;
const isNobody = (dimension: string): boolean => !WHO.some((one) => one === dimension);
const TIERED = [...WHO, 'model', 'batch', 'service_tier'] as const;

/** The usage endpoints and how finely each can be grouped: https://platform.openai.com/docs/api-reference/usage */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  completions: TIERED,
  decisions: TIERED,
  embeddings: [...WHO, 'model'],
  moderations: [...WHO, 'model'],
  images: [...WHO, 'model'],
  audio_speeches: [...WHO, 'model'],
  audio_transcriptions: [...WHO, 'model'],
  vector_stores: ['project_id'],
  code_interpreter_sessions: ['project_id'],
  file_search_calls: WHO,
  web_search_calls: [...WHO, 'model'],
};

/** Storage is a state, not an event: it is told by the day. */
const DAILY = 'vector_stores';

function ask({ window, connection }: Asking): Ask[] {
  return Object.entries(ENDPOINTS).flatMap(([endpoint, groupBy]) => {
    const about = { endpoint };
    if (endpoint === DAILY) {
      if (!beginsDay(window)) return [];
      return [{ ...question(connection, `usage/${endpoint}`, daysOf(window), '1d', 31, groupBy), about }];
    }
    const span = { from: millis(window.from), to: millis(window.to) };
    return [{ ...question(connection, `usage/${endpoint}`, span, '1h', 168, groupBy), about }];
  });
}

const modelOf = (told: UsageResult): string | null => ('model' in told ? told.model : null) ?? null;

/** The tier in our words: a batch is a flag here, and `default` is what others call standard. */
function tierOf(told: UsageResult): string | null {
  if ('batch' in told && told.batch === true) return 'batch';
  const tier = 'service_tier' in told ? (told.service_tier ?? null) : null;
  return tier === 'default' ? 'standard' : tier;
}

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<UsageRow> {
  for (const { asked, page } of answers) {
    const endpoint = asked.about?.endpoint ?? null;
    for (const { start_time, results } of page.data) {
      const at = instant(start_time * 1000);
      for (const told of results) {
        for (const [meter, quantity] of metersOf(told)) {
          yield {
            day: at.slice(0, 10),
            hour_at: endpoint === DAILY ? null : at,
            account_id: connection.accountId,
            workspace_id: told.project_id ?? null,
            credential_id: ('api_key_id' in told ? told.api_key_id : null) ?? null,
            principal_id: ('user_id' in told ? told.user_id : null) ?? null,
            product: endpoint,
            session_id: null,
            model: modelOf(told),
            service_tier: tierOf(told),
            speed: null,
            context_window: null,
            region: null,
            meter,
            quantity,
            claimed_cost: null,
            claim: null,
            cut: 'whole',
          };
        }
      }
    }
  }
}

/** The same endpoints, a bucket a day and without whom: a month is one page of each. */
const probe = defineProbe<Page>({
  page: usagePage,
  ask: ({ window, connection }) =>
    Object.entries(ENDPOINTS).map(([endpoint, groupBy]) => ({
      ...question(connection, `usage/${endpoint}`, daysOf(window), '1d', 31, groupBy.filter(isNobody)),
      about: { endpoint },
    })),
  next: ({ asked, page }) => pageAfter(asked, page),
  readings: (answers) =>
    answers.flatMap(({ asked, page }) =>
      page.data.flatMap(({ start_time, results }) =>
        results.map((told) => ({
          day: instant(start_time * 1000).slice(0, 10),
          figure: JSON.stringify([asked.about?.endpoint, modelOf(told), tierOf(told), metersOf(told)]),
        })),
      ),
    ),
});

/** Who used what, by the hour: eleven endpoints, one table. */
export const openaiUsage = defineSource<typeof usage, Page>({
  id: 'openai_usage',
  vendor: 'openai',
  title: 'OpenAI usage',
  kind: 'period',
  table: usage,
  // No finality is told: https://platform.openai.com/docs/api-reference/usage
  settles: [0, 1, 2, 3, 7, 14, 30, 'close'],
  lag: { usualHours: 2, worstHours: 24 },
  span: 31,
  reach: null,
  page: usagePage,
  exact: ['seconds'],
  ask,
  next: ({ asked, page }) => pageAfter(asked, page),
  refused: ({ asked, status, body }) => coarser(asked, status, body),
  disguise: (page, names) => disguiseResults<UsageResult, Page>(page, names),
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6 }),
  probe,
  blindSpots:
    'ChatGPT and Codex seats, fine-tuning, Azure OpenAI, and which requests exceeded 272k input tokens (https://platform.openai.com/docs/api-reference/usage).',
});
