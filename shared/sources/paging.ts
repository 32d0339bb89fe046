import * as z from 'zod';
import type { Ask, Window } from '../source.ts';

/**
 * A page's word on what follows, where the cursor is a token: the flag and the cursor must agree.
 * One without the other is a broken answer, not the end: half a day must not look whole.
 */
export const tokenPaging = { has_more: z.boolean(), next_page: z.string().nullable() };

/** Refuses a page whose flag and cursor disagree. */
export function agrees({ has_more, next_page }: { has_more: boolean; next_page: string | null }): boolean {
  return has_more === (next_page !== null && next_page !== '');
}

/** What the refusal of such a page says. */
export const DISAGREES = {
  path: ['next_page'],
  error: 'has_more and next_page disagree: there is more without a cursor, or a cursor without more',
};

/** The same question from another place on: one parameter changed, nothing else (cursors die with their question). */
export function from(asked: Ask, parameter: string, cursor: string): Ask {
  const url = new URL(asked.url);
  url.searchParams.set(parameter, cursor);
  return { ...asked, url: url.href };
}

/** A list parameter, in the bracket form. */
export const list = (name: string, values: readonly string[]): [string, string][] =>
  values.map((value) => [`${name}[]`, value]);

/** A question's address. */
export const address = (baseUrl: string, path: string, parameters: readonly (readonly [string, string])[]): string =>
  `${baseUrl.replace(/\/$/, '')}${path}?${new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))}`;

/**
 * Whether a window begins a day. What a vendor tells by the day only is asked once a day, in its first window,
 * for all of that day: an hour of it would bring the day again with each hour.
 */
export const beginsDay = ({ from }: Window): boolean => from.endsWith('T00:00:00.000Z');
