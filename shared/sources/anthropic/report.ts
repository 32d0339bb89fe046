import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Answer, Ask, Asking, Disguised } from '../../source.ts';
import { type Instant, instant, millis } from '../../time.ts';
import { address, from, list, tokenPaging } from '../paging.ts';
import { once, principalOf } from '../principal.ts';
import { type Actor, disguiseActor } from './actor.ts';

/** Header of the two reports: https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api */
const BETA = { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' };

/** The first instant that the reports know. */
const EPOCH = '2026-01-01T00:00:00.000Z';

/** What surrounds the rows of both reports. */
export const envelope = { ...tokenPaging, data_refreshed_at: z.string().nullable() };

/** A question to one of the reports; rows in order of time, as many to a page as the vendor allows. */
export function question(
  { window, connection }: Asking,
  report: 'usage' | 'cost',
  bucket: '1h' | '1d',
  groupBy: readonly string[],
  filters: readonly (readonly [string, string])[] = [],
): Ask {
  // A run over the turn of that year is asked for what there is; one wholly before it is the vendor's to refuse.
  const begins = window.to > EPOCH && window.from < EPOCH ? EPOCH : window.from;
  return {
    url: address(connection.baseUrl, `/v1/organizations/analytics/${report}`, [
      ['starting_at', begins.replace('.000Z', 'Z')],
      ['ending_at', window.to.replace('.000Z', 'Z')],
      ['time_bucket_width', bucket],
      ...list('group_by', groupBy),
      ...filters,
      ['order_by', 'time'],
      ['order', 'asc'],
      ['limit', '1000'],
    ]),
    headers: BETA,
  };
}

/** The question for the page after this one; none at the end. */
export const pageAfter = (asked: Ask, { next_page }: { readonly next_page: string | null }): Ask[] =>
  next_page === null ? [] : [from(asked, 'page', next_page)];

const failure = z.object({ error: z.object({ message: z.string() }) });

/**
 * The same question without a dimension that this organisation does not have (several are Claude Platform only).
 * Null when the refusal names none of `optional`, or the question does not group by it.
 */
export function without(optional: readonly string[], asked: Ask, status: number, body: string): Ask[] | null {
  if (status !== 400) return null;
  const parsed = failure.safeParse(jsonOr(body));
  if (!parsed.success || !parsed.data.error.message.includes('group_by')) return null;
  const { message } = parsed.data.error;
  const url = new URL(asked.url);
  const named = optional.find(
    (dimension) => new RegExp(`\\b${dimension}\\b`).test(message) && url.searchParams.has('group_by[]', dimension),
  );
  if (named === undefined) return null;
  url.searchParams.delete('group_by[]', named);
  return [{ ...asked, url: url.href }];
}

function jsonOr(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The earliest of the answers' stamps: what came later may hold more, but not all of it does. */
export function refreshedThrough(
  answers: readonly Answer<{ readonly data_refreshed_at: string | null }>[],
): Instant | null {
  let earliest: number | null = null;
  for (const { page } of answers) {
    if (page.data_refreshed_at === null) return null;
    const at = millis(page.data_refreshed_at);
    earliest = earliest === null ? at : Math.min(earliest, at);
  }
  return earliest === null ? null : instant(earliest);
}

interface Named {
  readonly group: {
    readonly actor: Actor | null;
    readonly api_key_id: string | null;
    readonly workspace_id: string | null;
  };
}

/** Takes the names out of a report's page, and says which principals it met. */
export function disguiseReport<Page extends { readonly data: readonly Named[] }>(
  page: Page,
  names: Pseudonyms,
): Disguised<Page> {
  const told = page.data.map(({ group }) => disguiseActor(group.actor, names));
  const met = page.data.flatMap(({ group: { api_key_id, workspace_id, actor } }) => {
    const key = api_key_id ?? (actor?.type === 'api_actor' ? actor.id : null);
    return [
      ...(key === null ? [] : [principalOf({ kind: 'credential', id: key })]),
      ...(workspace_id === null ? [] : [principalOf({ kind: 'workspace', id: workspace_id })]),
    ];
  });
  return {
    page: {
      ...page,
      data: page.data.map((row, i) => ({ ...row, group: { ...row.group, actor: told[i]?.page ?? null } })),
    },
    identities: once(told.flatMap(({ identities }) => identities)),
    principals: once([...told.flatMap(({ principals = [] }) => principals), ...met]),
  };
}
