import * as z from 'zod';
import { scaled, unscaled } from '../../money.ts';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Asking, type Disguised, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { addUp } from '../add-up.ts';
import { beginsDay } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { counted, EXACT, isCopilot, meterOf, usageItem } from './billed.ts';
import { daysIn, spansOf } from './months.ts';
import { byMember, question, scopeOf } from './scope.ts';

/** One person's day. Editors, languages, models and lines of code are left out: they tell no money. */
const userDay = z.object({
  day: z.iso.date(),
  user_id: z.union([z.int(), z.string()]).transform(String),
  user_login: z.string().nullish(),
  user_initiated_interaction_count: z.string().nullish(),
  // In the report since 2026-06-19; missing is unknown.
  ai_credits_used: z.string().nullish(),
});

const linksPage = z.object({ download_links: z.array(z.url()), report_day: z.iso.date() });
const linesPage = z.object({ lines: z.array(userDay) });
/** What was billed in all, to see what the people's credits lack. */
const billedPage = z.object({ usageItems: z.array(usageItem) }).transform(({ usageItems }) => ({
  usageItems: usageItems.filter((item) => isCopilot(item) && meterOf(item.sku, item.unitType) === 'credits'),
}));

type Page = z.infer<typeof linksPage> | z.infer<typeof linesPage> | z.infer<typeof billedPage> | null;
type UsageRow = SourceRow<typeof usage>;

// 204, and so null: there is no report for that day (yet).
const page = byMember<Page>({ download_links: linksPage, lines: linesPage, usageItems: billedPage }, z.null());

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  // A signed link is a key to people's work: it is used, not kept.
  if (told !== null && 'download_links' in told) return { page: { ...told, download_links: [] }, identities: [] };
  if (told === null || !('lines' in told)) return { page: told, identities: [] };
  const people = told.lines.map((line) => ({
    line,
    id: names.user('github', line.user_id),
    login: line.user_login ?? null,
  }));
  return {
    page: { lines: people.map(({ line, id }) => ({ ...line, user_id: id, user_login: null })) },
    identities: once(people.map(({ id, login }) => identityOf({ kind: 'person', id, login }))),
    principals: once(
      people.map(({ id, login }) =>
        principalOf({ kind: 'person', id, login_hint: login === null ? null : names.login('github', login) }),
      ),
    ),
  };
}

const rowOf = (account: string, day: string, meter: 'credits' | 'requests', quantity: string): UsageRow => ({
  day,
  hour_at: null,
  account_id: account,
  workspace_id: null,
  credential_id: null,
  principal_id: null,
  product: 'copilot',
  session_id: null,
  model: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  meter,
  quantity,
  claimed_cost: null,
  // The ledger tells the money; these credits are the key by which it is spread.
  claim: null,
  cut: 'whole',
});

function* told(answers: readonly Answer<Page>[], { window, connection }: Asking): Generator<UsageRow> {
  const { account } = scopeOf(connection);
  const wanted = new Set(daysIn(window));
  const pages = answers.map((answer) => answer.page).filter((each) => each !== null);
  const used = new Map<string, bigint>();
  for (const line of pages.flatMap((each) => ('lines' in each ? each.lines : []))) {
    const { day, user_id, ai_credits_used: credits, user_initiated_interaction_count: interactions } = line;
    if (!wanted.has(day)) continue;
    const row = { ...rowOf(account, day, 'credits', '0'), principal_id: user_id };
    if (typeof credits === 'string') {
      const quantity = counted(credits);
      used.set(day, (used.get(day) ?? 0n) + quantity);
      yield { ...row, quantity: unscaled(quantity, 6) };
    }
    if (typeof interactions === 'string')
      yield { ...row, meter: 'requests', quantity: unscaled(scaled(interactions, 6), 6) };
  }
  const items = pages.flatMap((each) => ('usageItems' in each ? each.usageItems : []));
  for (const [day, known] of used) {
    const billed = items
      .filter(({ date }) => date.startsWith(day))
      .reduce((sum, { quantity }) => sum + counted(quantity), 0n);
    // Editors without telemetry, review and the cloud agent use credits that no person's line tells.
    if (billed > known) yield { ...rowOf(account, day, 'credits', unscaled(billed - known, 6)), cut: 'rest' };
  }
}

/** Credits and interactions of each person and day, and the credits that no person's line tells. */
export const copilotUsage = defineSource<typeof usage, Page>({
  id: 'copilot_usage',
  vendor: 'copilot',
  title: 'GitHub Copilot usage',
  kind: 'period',
  table: usage,
  // A day settles within three full UTC days: https://docs.github.com/en/copilot/reference/copilot-usage-metrics
  settles: [1, 2, 3, 4, 'close'],
  lag: { usualHours: 48, worstHours: 96 },
  span: 31,
  // Reports go back a year: https://docs.github.com/en/rest/copilot/copilot-usage-metrics
  reach: 365,
  page,
  exact: [...EXACT, 'ai_credits_used', 'user_initiated_interaction_count'],
  ask: ({ window, connection }) => {
    if (!beginsDay(window)) return [];
    const { kind, copilot, billing } = scopeOf(connection);
    const reports = daysIn(window).map((day) => question(`${copilot}/metrics/reports/users-1-day`, { day }));
    // An enterprise's billing is told by cost centre only, and its credits by person in a report of costs.
    const billed = spansOf(window).map((span) => ({ ...question(`${billing}/usage`, span), about: { of: 'billing' } }));
    return kind === 'organization' ? [...reports, ...billed] : reports;
  },
  next: ({ page: now }) =>
    now !== null && 'download_links' in now
      ? now.download_links.map((url) => ({ url, isSignedLink: true, written: 'lines' }))
      : [],
  // A key that may read metrics and no billing: then nobody knows of a rest.
  refused: ({ asked, status }) => (asked.about?.of === 'billing' && (status === 403 || status === 404) ? [] : null),
  disguise,
  // An enterprise tells a person once for each organisation.
  rows: (answers, asking) => addUp(told(answers, asking), { quantity: 6 }),
  blindSpots:
    'Models, tokens and hours of a credit; people whose editors send no telemetry (their credits are the rest that nobody is named for); completions, which cost no credits; credits before 2026-06-19 (https://docs.github.com/en/copilot/reference/copilot-usage-metrics).',
});
