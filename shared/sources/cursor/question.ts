import type { Answer, Ask, Connection } from '../../source.ts';

/** A POST to a numbered page, as the admin API has it; the number stands in `about` too, where it outlives the body. */
export const numbered = (
  { baseUrl }: Connection,
  path: string,
  body: Readonly<Record<string, unknown>>,
  page: number,
): Ask => ({
  url: address(baseUrl, path),
  method: 'POST',
  body: { ...body, page },
  about: { page: String(page) },
});

/** An address of the admin API. */
export const address = (baseUrl: string, path: string): string => `${baseUrl.replace(/\/$/, '')}${path}`;

/** A page as far as counting goes. */
export interface Counted {
  /** How many entries there are in all, as this page tells. */
  readonly total: number;
  /** How many of them stand on it. */
  readonly held: number;
  readonly hasMore: boolean;
  /** The number it says it has; null where it does not say. */
  readonly number: number | null;
}

/**
 * What to ask after a numbered page. Pages shift when entries arrive while they are read: then the total moves, or what was
 * read is not the total. The window then begins anew, which the loop does when it is sent to a page it has read already.
 */
export function turn<Page>(
  asked: Ask,
  soFar: readonly Answer<Page>[],
  count: (page: Page) => Counted,
  question: (page: number) => Ask,
): Ask[] {
  const at = Number(asked.about?.page ?? 1);
  const counts = soFar.map(({ page }) => count(page));
  const last = counts.at(-1);
  if (last === undefined) return [];
  const shifted = last.total !== counts[0]?.total || (last.number !== null && last.number !== at);
  if (shifted) return [question(1)];
  if (last.hasMore) return [question(at + 1)];
  return counts.reduce((read, { held }) => read + held, 0) === last.total ? [] : [question(1)];
}
