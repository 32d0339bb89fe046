import { anthropicAnswers } from '../../../../local/vendors/anthropic/answer.ts';
import { organisation } from '../../../../local/vendors/anthropic/organisation.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import type { Answer, Asked } from '../../../../local/vendors/http-server.ts';
import { bodyOf, get, MORNING, setting } from '../asking.ts';

/** The company's main organisation. */
export const main = organisation(makeWorld(setting), 'main');

/** The headers that sign in to every report. */
export const signedIn = {
  'x-api-key': main.adminKey,
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'analytics-usage-cost-2026-08-24',
};

/** A server with a minute of its own, so that no test meets another's rate limit. */
export function fresh(now: () => number = () => MORNING): (asked: Asked) => Answer {
  return anthropicAnswers(makeWorld(setting), main, now);
}

/** Asks below `/v1/organizations/`, signed in. */
export function ask(path: string, answers = fresh()): Answer {
  return answers(get(`/v1/organizations/${path}`, signedIn));
}

/** The rows of an answer, loose on purpose. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the vendor gives it
export function rows(path: string, answers = fresh()): any[] {
  return bodyOf(ask(path, answers)).data;
}

/** The rows of all pages of an answer, one after the other. */
export function allPages(path: string): unknown[] {
  const answers = fresh();
  const found: unknown[] = [];
  let page = '';
  do {
    const body = bodyOf(ask(`${path}${page}`, answers));
    found.push(...body.data);
    page = body.next_page === null ? '' : `&page=${body.next_page}`;
  } while (page !== '');
  return found;
}

/** A settled week by day and by hour. */
export const WEEK = 'starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-09T00:00:00Z&time_bucket_width=1d';
export const HOURS = WEEK.replace('1d', '1h');
export const WIDE = 'limit=1000&order_by=time&order=asc';

/** Dimensions to group by, as parameters. */
export function by(...names: readonly string[]): string {
  return names.map((name) => `group_by[]=${name}`).join('&');
}

/** What tests read of a row of usage. */
export interface UsageRow {
  readonly usage: {
    readonly uncached_input_tokens: number;
    readonly cache_read_input_tokens: number;
    readonly output_tokens: number;
    readonly total_tokens: number;
    readonly requests: number;
  };
}

/** All tokens and all requests of rows. */
export function total(found: readonly UsageRow[]): { readonly tokens: number; readonly requests: number } {
  const sum = (count: 'total_tokens' | 'requests') => found.reduce((all, { usage }) => all + usage[count], 0);
  return { tokens: sum('total_tokens'), requests: sum('requests') };
}
