import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AnySource, placeOf } from '../../../shared/source.ts';
import { SOURCES, vendorById } from '../../../shared/sources/index.ts';
import { rowSchema } from '../../../shared/table.ts';
import { FACTS } from '../../../shared/tables/index.ts';
import { conversationOf } from './conversations.ts';
import { converse } from './recorded.ts';

/**
 * What the recordings say of people and of their work, none of which may stand in a page, row or kept question: ids of people
 * at the vendor, titles, words. What a source hands over as a name is looked for without being listed here.
 */
const WORDS =
  /@|Ana Ruiz|Ben Okafor|Chi Tanaka|Dev Mehta|ana-ruiz|ben-okafor|chi-tanaka|sig=|Mira|Dag Lindqvist|Tomas Rey|Sanaa|mira-okafor|dlindqvist|tomas-rey|sanaa-haddad|dependabot|user_01|user_ana|user_ben|user_chi|(?<!service-)user-(?!months)|repo:acme|support-prod|support-bot|Claude Code|ben notebook|Partition|Retry card|flaky|settlement|undici|gift card|PAY-431|PLAT-118|claude-code-assisted|revert-1198/i;

const KINDS = ['period', 'snapshot'];
const root = join(import.meta.dirname, '../../..');

describe.each(SOURCES.map((source): [string, AnySource] => [source.id, source]))('%s', (id, source) => {
  const { where, vendor: answerTo, following } = conversationOf(id);
  const heard = converse(source, where, answerTo, following);
  const vendor = vendorById(source.vendor);

  it('is described to the end', () => {
    expect(source).toMatchObject({
      id: expect.stringMatching(/^[a-z]+(_[a-z]+)+$/),
      title: expect.stringMatching(/\S/),
    });
    expect(id.startsWith(`${source.vendor}_`)).toBe(true);
    expect(KINDS).toContain(source.kind);
    expect(FACTS.map(({ name }) => name as string)).toContain(source.table.name);
    expect(source.settles.length).toBeGreaterThan(0);
    expect(source.lag.worstHours).toBeGreaterThanOrEqual(source.lag.usualHours);
    expect(source.span).toBeGreaterThan(0);
    expect(source.blindSpots.length).toBeGreaterThan(40);
    expect(vendor?.credential.length).toBeGreaterThan(20);
    expect(vendor?.requestsPerMinute).toBeGreaterThan(0);
  });

  it('stands where its id says', () => {
    const file = id.slice(source.vendor.length + 1).replaceAll('_', '-');
    expect(existsSync(join(root, `shared/sources/${source.vendor}/${file}.ts`))).toBe(true);
    expect(existsSync(join(root, `test/shared/sources/${source.vendor}/${file}.test.ts`))).toBe(true);
  });

  it('writes rows that the table takes', () => {
    const schema = rowSchema(source.table);
    const all = { source: id, connection_id: where.connection.id, provider: source.vendor };
    const stamp = Object.fromEntries(Object.entries(all).filter(([name]) => name in source.table.columns));
    expect(heard.rows.length).toBeGreaterThan(0);
    expect(heard.rows.map((row) => schema.safeParse({ ...row, ...stamp }).error?.message)).toEqual(
      heard.rows.map(() => undefined),
    );
  });

  it('answers for the days asked, and no other', () => {
    const days = heard.rows.map(({ day }) => `${String(day)}T00:00:00.000Z`);
    expect(days.filter((day) => day < where.window.from || day >= where.window.to)).toEqual([]);
  });

  it('asks nobody but the connection, signed links aside', () => {
    const signedIn = heard.asks.filter(({ isSignedLink }) => isSignedLink !== true);
    expect(new Set(signedIn.map(({ url }) => new URL(url).origin))).toEqual(
      new Set([new URL(where.connection.baseUrl).origin]),
    );
  });

  it('keeps no word and no name in page or row', () => {
    const pages = heard.answers.map(({ page }) => JSON.stringify(withoutCursor(page)));
    const named = heard.told.identities.flatMap(({ email, login, name }) => [email, login, name]);
    const texts = [...pages, JSON.stringify(heard.rows), JSON.stringify(heard.told.principals)];
    const found = (text: string) =>
      WORDS.exec(text)?.[0] ?? named.find((name) => name !== null && text.includes(`"${name}"`));
    expect(texts.map(found)).toEqual(texts.map(() => undefined));
  });

  it('keeps no word and no name of a question: one whose path names a person says so (`namesPerson`)', () => {
    const kept = heard.asks.map((asked) => `${placeOf(asked)} ${JSON.stringify(asked.about ?? {})}`);
    expect(kept.map((question) => WORDS.exec(question)?.[0])).toEqual(kept.map(() => undefined));
  });

  it('reads a page again as it was kept', () => {
    const kept = heard.answers.map((answer) => JSON.parse(JSON.stringify(answer)) as never);
    expect(rowsOf(source, kept, where)).toEqual(heard.rows);
  });

  it('says the same when asked twice', () => {
    expect(converse(source, where, answerTo, following)).toEqual(heard);
  });

  it('asks in plain data', () => {
    expect(JSON.parse(JSON.stringify(heard.asks))).toEqual(heard.asks);
  });
});

/** The cursor of a directory is an id, needed where a next page is asked with it. */
const withoutCursor = (page: unknown): unknown => ({ ...(page as object), last_id: null });

const rowsOf = (source: AnySource, answers: never[], where: Parameters<AnySource['rows']>[1]) => [
  ...source.rows(answers, where),
];
