import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Disguised,
  defineSource,
  type Identity,
  type Principal,
  type SourceRow,
} from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { DAY, HOUR, instant, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { dollars } from '../dollars.ts';
import { address, from } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { isOwnAnswer, type SpendLog, spendLog, tokensOf } from './spend-log.ts';

const page = z.object({
  data: z.array(spendLog),
  total: z.int().nonnegative(),
  page: z.int().positive(),
  total_pages: z.int().nonnegative(),
});

type Page = z.infer<typeof page>;
type UsageRow = SourceRow<typeof usage>;

/** Log lines that a window may have: an hour of a large gateway is more than a day of a small one. */
const MOST_LINES = 50_000;
/** Most rows a page may have, and the path and most rows of releases before the second version. */
const PAGE_SIZE = '1000';
const OLDER = { path: '/spend/logs/ui', size: '100' } as const;

/** The proxy takes times as UTC without a zone. */
const stamp = (ms: number): string => instant(ms).slice(0, 19).replace('T', ' ');

/** A question for each day of a window: pages of a shorter span shift less. */
function ask({ window, connection }: Asking): Ask[] {
  const asks: Ask[] = [];
  const end = millis(window.to);
  for (let at = millis(window.from); at < end; at += DAY) {
    const day = stamp(at);
    asks.push({
      url: address(connection.baseUrl, '/spend/logs/v2', [
        ['start_date', day],
        ['end_date', stamp(Math.min(at + DAY, end))],
        ['page', '1'],
        ['page_size', PAGE_SIZE],
      ]),
      about: { from: day },
    });
  }
  return asks;
}

/**
 * The next page; at the end, the first one again where requests are missing. New requests push older ones to later pages,
 * so that some come twice, which their ids show; requests deleted meanwhile pull others to pages already read, and
 * then fewer came than there were at first. Being sent to a page it has read, the loop begins the window anew.
 */
function next({ asked, page: told, soFar }: Answer<Page> & { readonly soFar: readonly Answer<Page>[] }): Ask[] {
  if (told.page < told.total_pages) return [from(asked, 'page', String(told.page + 1))];
  const answers = soFar.filter((answer) => answer.asked.about?.from === asked.about?.from);
  const ids = new Set(answers.flatMap(({ page: { data } }) => data.map(({ request_id }) => request_id)));
  return ids.size < (answers[0]?.page.total ?? 0) ? [from(asked, 'page', '1')] : [];
}

const given = (text: string | null | undefined): string | null => (text ? text : null);

/** Users whom the proxy itself makes: nobody. */
const NOBODY = new Set(['default_user_id', 'litellm-proxy-master-key']);
const isAddress = (text: string): boolean => /^[^@\s]+@[^@\s]+$/.test(text);

/** Who asked: the user of the key, else an end user with an address; any other end user is a customer's, not ours. */
function askerOf({ user, end_user }: SpendLog): string | null {
  const [named, end] = [given(user), given(end_user)];
  if (named !== null && !NOBODY.has(named)) return named;
  return end !== null && isAddress(end) ? end : null;
}

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const identities: Identity[] = [];
  const principals: Principal[] = [];
  const data = told.data.map((log): SpendLog => {
    const [key, team, asker] = [given(log.api_key), given(log.team_id), askerOf(log)];
    const [keyLabel, teamLabel] = [log.metadata?.user_api_key_alias, log.metadata?.user_api_key_team_alias].map(given);
    const who = asker === null ? null : names.user('litellm', asker);
    if (key !== null) {
      principals.push(principalOf({ kind: 'credential', id: key, parent_id: team }));
      if (keyLabel) identities.push(identityOf({ kind: 'credential', id: key, label: keyLabel }));
    }
    if (team !== null) {
      principals.push(principalOf({ kind: 'workspace', id: team }));
      if (teamLabel) identities.push(identityOf({ kind: 'workspace', id: team, label: teamLabel }));
    }
    if (who !== null && asker !== null) {
      const email = isAddress(asker) ? asker : null;
      const hint = email === null ? null : names.email(email);
      principals.push(principalOf({ kind: 'person', id: who, email_hint: hint }));
      identities.push(identityOf({ kind: 'person', id: who, email, login: email === null ? asker : null }));
    }
    const { usage_object, additional_usage_values } = log.metadata ?? {};
    return { ...log, user: who, end_user: null, metadata: { usage_object, additional_usage_values } };
  });
  return { page: { ...told, data }, identities: once(identities), principals: once(principals) };
}

/** Times without a zone are UTC. */
const at = (time: string): number => millis(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time.replace(' ', 'T')}Z`);

function* lines(answers: readonly Answer<Page>[], { window, connection }: Asking): Generator<UsageRow> {
  const [begins, ends] = [millis(window.from), millis(window.to)];
  const seen = new Set<string>();
  for (const log of answers.flatMap(({ page: { data } }) => data)) {
    const time = at(log.startTime);
    // Both ends of a question are inside it: what starts on the stroke is of the window that it begins.
    if (seen.has(log.request_id) || time < begins || time >= ends) continue;
    seen.add(log.request_id);
    const hour = instant(Math.floor(time / HOUR) * HOUR);
    const row = (meter: string, quantity: number, claimed: string | null): UsageRow => ({
      day: hour.slice(0, 10),
      hour_at: hour,
      account_id: connection.accountId,
      workspace_id: given(log.team_id),
      credential_id: given(log.api_key),
      principal_id: log.user ?? null,
      product: given(log.custom_llm_provider),
      session_id: null,
      model: given(log.model),
      service_tier: null,
      speed: null,
      context_window: null,
      region: null,
      meter,
      quantity: String(quantity),
      claimed_cost: claimed,
      claim: isOwnAnswer(log) ? 'free' : 'copy',
      cut: 'whole',
    });
    for (const [meter, tokens] of tokensOf(log)) yield row(meter, tokens, null);
    yield row('requests', 1, dollars(log.spend));
  }
}

/** Who used what through a company's own gateway, by the hour: a key for allocation, never a bill. */
export const litellmUsage = defineSource<typeof usage, Page>({
  id: 'litellm_usage',
  vendor: 'litellm',
  title: 'LiteLLM spend logs',
  kind: 'period',
  table: usage,
  // Logs are written in batches, minutes late; a spend log is not revised after that.
  settles: [0, 1, 2],
  lag: { usualHours: 1, worstHours: 24 },
  // A day has as many log lines as requests: more than one would not fit.
  span: 1,
  reach: null,
  page,
  exact: ['spend'],
  ask,
  // Rows of a day are few however many requests it had, so that only its answers tell.
  isTooMuch: ({ total }) => total > MOST_LINES,
  next,
  refused: ({ asked, status }) => {
    const url = new URL(asked.url);
    if (status !== 404 || !url.pathname.endsWith('/spend/logs/v2')) return null;
    url.pathname = url.pathname.replace('/spend/logs/v2', OLDER.path);
    url.searchParams.set('page_size', OLDER.size);
    return [{ ...asked, url: url.href }];
  },
  disguise,
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6, claimed_cost: 10 }),
  blindSpots:
    "Requests that do not go through the proxy, logs that its retention has deleted or that it was told not to write, and what a vendor bills: spend is the proxy's own estimate at list prices (https://docs.litellm.ai/docs/proxy/cost_tracking).",
});
