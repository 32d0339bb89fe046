import type { Pseudonyms } from '../pseudonym.ts';
import type { Answer, AnySource, Ask, Asking, Identity, Principal, Source } from '../source.ts';
import { HOUR, millis } from '../time.ts';
import { ask, type Line } from './ask.ts';
import { NotYet, Refusal, TooMuch, Unreadable } from './failure.ts';

/** Pages of one window before something is wrong, and fresh starts of a window before it is given up. */
const MOST_PAGES = 20_000;
const FRESH_STARTS = 5;

/** A window's answers, names gone, and the names. */
export interface Asked {
  readonly answers: readonly Answer<unknown>[];
  readonly identities: readonly Identity[];
  readonly principals: readonly Principal[];
}

/** How often a question is asked again whose answer was full before and is not now. */
const DOUBTS = 4;

const isLong = ({ from, to }: Asking['window']): boolean => millis(to) - millis(from) > HOUR;

/** Starting the window anew: its cursor died, or came round again. */
class Anew extends Error {}

/**
 * Asks a window's questions to the end.
 * @throws Refusal, Unreadable, NotYet; TooMuch for a window longer than an hour that does not fit into memory
 */
export async function askWindow(source: AnySource, line: Line, asking: Asking, names: Pseudonyms): Promise<Asked> {
  // The page type lives inside the source; between its functions it is carried, never looked into.
  const typed = source as unknown as Source;
  const sizes = new Map<string, number>();
  for (let starts = 1; ; starts += 1) {
    try {
      return await walk(typed, line, asking, names, sizes);
    } catch (error) {
      if (!(error instanceof Anew)) throw error;
      if (starts >= FRESH_STARTS) throw new Unreadable(`${error.message}, ${starts} times from the start`);
      line.budget.retries += 1;
    }
  }
}

async function walk(
  source: Source,
  line: Line,
  asking: Asking,
  names: Pseudonyms,
  sizes: Map<string, number>,
): Promise<Asked> {
  const answers: Answer<unknown>[] = [];
  const identities: Identity[] = [];
  const principals: Principal[] = [];
  const seen = new Set<string>();
  const open = [...source.ask(asking)].reverse();
  for (let asked = open.pop(); asked !== undefined; asked = open.pop()) {
    const id = JSON.stringify([asked.method ?? 'GET', asked.url, asked.body ?? null]);
    if (asked.afterSeconds !== undefined) {
      await line.budget.pause(asked.afterSeconds * 1000, new NotYet(`${source.id} waits for what the vendor makes`));
    } else if (seen.has(id)) throw new Anew(`${source.id} was sent to a page it had already read`);
    if (answers.length >= MOST_PAGES) throw new Unreadable(`${source.id} did not end after ${MOST_PAGES} pages`);
    seen.add(id);
    const page = await pageOr(source, line, asking, asked, id, sizes);
    if ('instead' in page) {
      open.push(...[...page.instead].reverse());
      continue;
    }
    if (source.isTooMuch?.(page.page) === true && isLong(asking.window))
      throw new TooMuch(`${source.id} holds more between ${asking.window.from} and ${asking.window.to} than fits`);
    const clean = source.disguise?.(page.page, names, asking.connection) ?? { page: page.page, identities: [] };
    const answer = { asked, page: clean.page };
    answers.push(answer);
    identities.push(...clean.identities);
    principals.push(...(clean.principals ?? []));
    // `next` sees the page as answered: a cursor may be somebody's id.
    open.push(
      ...[...source.next({ asked, page: page.page, ...asking, soFar: answers, following: page.following })].reverse(),
    );
  }
  return { answers, identities, principals };
}

async function pageOr(
  source: Source,
  line: Line,
  asking: Asking,
  asked: Ask,
  id: string,
  sizes: Map<string, number>,
): Promise<{ page: unknown; following: string | null } | { instead: readonly Ask[] }> {
  try {
    for (let doubts = 0; ; doubts += 1) {
      const { page, size, following } = await ask(line, asked, source.page, source.exact);
      const before = sizes.get(id) ?? 0;
      // An answer to the same question minutes ago was twice as long: vendors do answer an empty 200 now and then.
      if (size * 2 >= before || doubts >= DOUBTS) {
        sizes.set(id, size);
        return { page, following };
      }
      line.budget.retries += 1;
      await line.budget.pause(1000, new Unreadable(`${source.id} was answered less than before`));
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A cursor that outlived a refresh of the vendor's data: the window's first pages are old too.
    if (error.status === 410) throw new Anew(error.message);
    // A signed link lives for minutes: the answer that named it names a fresh one.
    if (asked.isSignedLink === true && error.status === 403) throw new Anew(error.message);
    const instead = source.refused?.({ ...asking, asked, status: error.status, body: error.body }) ?? null;
    if (instead === null) throw error;
    return { instead };
  }
}
