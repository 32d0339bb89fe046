import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsedBody } from '../../../shared/collect/body.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';
import type { Answer, AnySource, Ask, Asking, Connection, Disguised, Source } from '../../../shared/source.ts';
import type { AnyRow } from '../../../shared/table.ts';

/** Pseudonyms under a key of the tests. */
export const names = pseudonyms({
  pseudonym: (text) => createHash('sha256').update(`test ${text}`).digest('hex').slice(0, 32),
  digest: (of) => createHash('sha256').update(of).digest('hex'),
  sign: () => 'signature',
});

/** A recorded answer, as it was sent: JSON, unless the name says otherwise. */
export const recorded = (file: string): string =>
  readFileSync(
    join(import.meta.dirname, '../../fixtures', /\.(ndjson|csv)$/.test(file) ? file : `${file}.json`),
    'utf8',
  );

/** A connection of a vendor, by a base URL that exists nowhere. */
export const connectionTo = (vendor: string, baseUrl: string): Connection => ({
  id: `${vendor}.main`,
  vendor,
  baseUrl,
  secret: `${vendor}.main`,
  accountId: 'acct-1',
  settings: { organization: 'lumenforge' },
});

/** Some days of a connection. */
export const asking = (connection: Connection, from: string, to: string): Asking => ({
  connection,
  window: { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` },
});

/** A body as the loop reads it: numbers kept exact, then the source's own schema. */
export function read<Page>(
  source: Pick<Source<never, Page>, 'page' | 'exact'>,
  body: string,
  written?: Ask['written'],
): Page {
  const json = parsedBody(body, written, source.exact);
  if (json.torn !== null) throw new Error(json.torn);
  return source.page.parse(json.value);
}

/** What a source makes of a conversation. */
export interface Heard {
  readonly asks: readonly Ask[];
  readonly answers: readonly Answer<unknown>[];
  readonly told: Omit<Disguised<unknown>, 'page'>;
  readonly rows: readonly AnyRow[];
}

/** Holds a conversation as the loop does, `answerTo` being the vendor. */
export function converse(
  of: AnySource,
  where: Asking,
  answerTo: (ask: Ask) => string,
  followingOf: (ask: Ask) => string | null = () => null,
): Heard {
  const source = of as unknown as Source;
  const asks: Ask[] = [];
  const answers: Answer<unknown>[] = [];
  const identities: Disguised<unknown>['identities'][number][] = [];
  const principals: NonNullable<Disguised<unknown>['principals']>[number][] = [];
  const open = [...source.ask(where)].reverse();
  for (let asked = open.pop(); asked !== undefined; asked = open.pop()) {
    asks.push(asked);
    const page = read(source, answerTo(asked), asked.written);
    const clean = source.disguise?.(page, names, where.connection) ?? { page, identities: [] };
    answers.push({ asked, page: clean.page });
    identities.push(...clean.identities);
    principals.push(...(clean.principals ?? []));
    open.push(...[...source.next({ asked, page, ...where, soFar: answers, following: followingOf(asked) })].reverse());
  }
  return { asks, answers, told: { identities, principals }, rows: [...source.rows(answers, where)] };
}
