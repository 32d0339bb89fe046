import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Ask, Connection, Disguised, Principal } from '../../source.ts';
import { DAY, millis } from '../../time.ts';
import { address, agrees, DISAGREES, from, list, tokenPaging } from '../paging.ts';
import { once, principalOf } from '../principal.ts';
import { openaiMessage } from './vendor.ts';

/** The envelope of usage and costs: buckets of results. */
export const bucketPage = <Result extends z.ZodType>(result: Result) =>
  z
    .object({
      data: z.array(z.object({ start_time: z.int(), results: z.array(result) })),
      ...tokenPaging,
    })
    .refine(agrees, DISAGREES);

/** A question about time buckets, times in seconds since 1970. */
export function question(
  { baseUrl }: Connection,
  path: string,
  { from: begins, to: ends }: { readonly from: number; readonly to: number },
  bucket: '1h' | '1d',
  limit: number,
  groupBy: readonly string[],
): Ask {
  return {
    url: address(baseUrl, `/organization/${path}`, [
      ['start_time', String(begins / 1000)],
      ['end_time', String(ends / 1000)],
      ['bucket_width', bucket],
      ['limit', String(limit)],
      ...list('group_by', groupBy),
    ]),
  };
}

/** The whole UTC days that hold a window, in epoch milliseconds. */
export const daysOf = (window: { readonly from: string; readonly to: string }): { from: number; to: number } => ({
  from: Math.floor(millis(window.from) / DAY) * DAY,
  to: Math.ceil(millis(window.to) / DAY) * DAY,
});

/** The question for the page after this one; none at the end. */
export const pageAfter = (asked: Ask, { next_page }: { readonly next_page: string | null }): Ask[] =>
  next_page === null ? [] : [from(asked, 'page', next_page)];

/** Dimensions that the vendor refuses under some conditions, and the word by which its refusal names them. */
const REFUSABLE = [
  ['user_id', /user/i],
  ['api_key_id', /api[ _]?key/i],
] as const;

/**
 * Another way for a refused grouping: the same question for each half of its days, and where a single day is refused,
 * that day without the dimension. So each day is as fine as the vendor allows, whatever run it was asked in.
 * Null when the refusal names no grouping that the question has.
 */
export function coarser(asked: Ask, status: number, body: string): Ask[] | null {
  const said = status === 400 ? openaiMessage(body) : null;
  const url = new URL(asked.url);
  const grouped = url.searchParams.getAll('group_by[]');
  const refused = REFUSABLE.find(
    ([dimension, word]) => said !== null && word.test(said) && grouped.includes(dimension),
  );
  if (refused === undefined) return null;
  const [begins, ends] = ['start_time', 'end_time'].map((name) => Number(url.searchParams.get(name)));
  const days = Math.ceil(((ends ?? 0) - (begins ?? 0)) / 86_400);
  if (days > 1) {
    const middle = String((begins ?? 0) + Math.floor(days / 2) * 86_400);
    return [from(asked, 'end_time', middle), from(asked, 'start_time', middle)];
  }
  url.searchParams.delete('group_by[]', refused[0]);
  return [{ ...asked, url: url.href }];
}

/** Ids that results name. */
export interface Named {
  readonly project_id?: string | null | undefined;
  readonly user_id?: string | null | undefined;
  readonly api_key_id?: string | null | undefined;
}

/** Whoever has no service account's id may be a person. */
export const userId = (id: string, names: Pseudonyms): string => (isService(id) ? id : names.user('openai', id));
const isService = (id: string): boolean => id.startsWith('svc_');

interface Buckets<Result> {
  readonly data: readonly { readonly results: readonly Result[] }[];
}

/** Makes pseudonyms of the users in a page of results, and says which principals it met. */
export function disguiseResults<Result extends Named, Page extends Buckets<Result>>(
  page: Page,
  names: Pseudonyms,
): Disguised<Page> {
  const met: Principal[] = [];
  const data = page.data.map((bucket) => ({
    ...bucket,
    results: bucket.results.map((result) => {
      const { project_id: project = null, user_id: user = null, api_key_id: key = null } = result;
      const id = user === null ? null : userId(user, names);
      if (project !== null) met.push(principalOf({ kind: 'workspace', id: project }));
      if (key !== null) met.push(principalOf({ kind: 'credential', id: key, parent_id: project }));
      if (user !== null && id !== null) met.push(principalOf({ kind: isService(user) ? 'service' : 'person', id }));
      return user === null ? result : { ...result, user_id: id };
    }),
  }));
  return { page: { ...page, data }, identities: [], principals: once(met) };
}
