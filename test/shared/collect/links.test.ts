import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Line } from '../../../shared/collect/ask.ts';
import type { Budget } from '../../../shared/collect/failure.ts';
import { askWindow } from '../../../shared/collect/window.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';
import { type AnySource, defineSource } from '../../../shared/source.ts';
import type { usage } from '../../../shared/tables/usage.ts';
import { testPlatform } from '../../platform/index.ts';
import { acme, acmeConnection, acmeUsage } from '../acme.ts';

const STORE = 'https://reports-7.store.test/part-1?sig=s3cret';
const page = z.union([
  z.null(),
  z.object({ link: z.string() }),
  z.object({ wait: z.int() }),
  z.object({ lines: z.array(z.object({ n: z.int() })) }),
]);
type Page = z.infer<typeof page>;

/** Reports that are made while one waits, then lie behind a link. */
const reports = defineSource<typeof usage, Page>({
  ...acmeUsage,
  isTooMuch: () => false,
  page,
  exact: [],
  ask: ({ connection }) => [{ url: `${connection.baseUrl}/report` }],
  next: ({ page: told, asked }) => {
    if (told === null || 'lines' in told) return [];
    if ('wait' in told) return [{ ...asked, afterSeconds: told.wait }];
    return [{ url: told.link, isSignedLink: true, written: 'lines' }];
  },
  disguise: (told) => ({ page: told, identities: [] }),
  rows: () => [],
  tally: () => ({ take: () => {}, rows: () => [] }),
  completeThrough: () => null,
});

function conversation(answers: readonly (() => Response)[], baseUrl = acmeConnection.baseUrl) {
  const heard: { url: string; key: string | null }[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    heard.push({ url: String(input), key: new Headers(init?.headers).get('authorization') });
    return answers[heard.length - 1]?.() ?? new Response('{}', { status: 500 });
  };
  const { platform } = testPlatform({ fetch });
  const slept: number[] = [];
  const budget: Budget = {
    requests: 0,
    retries: 0,
    pause: async (ms) => void slept.push(ms),
    roomForAnother: () => true,
  };
  const connection = { ...acmeConnection, baseUrl };
  const line: Line = {
    platform,
    vendor: { ...acme, linkHosts: [/^reports-\d+\.store\.test$/] },
    connection,
    headers: { authorization: 'Bearer key' },
    budget,
    timeoutMs: 1000,
    permit: async () => {},
  };
  const window = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };
  const done = askWindow(reports as unknown as AnySource, line, { window, connection }, pseudonyms(platform.crypto));
  return { heard, slept, done };
}

const linkTo = (link: string) => () => Response.json({ link });
const lines = () => new Response('{"n":1}\n{"n":2}\n');

it('follows a signed link to a host of the vendor, and leaves the key behind', async () => {
  const { heard, done } = conversation([linkTo(STORE), lines]);
  expect((await done).answers.map((answer) => answer.page)).toEqual([{ link: STORE }, { lines: [{ n: 1 }, { n: 2 }] }]);
  expect(heard).toEqual([
    { url: 'https://api.acme.test/report', key: 'Bearer key' },
    { url: STORE, key: null },
  ]);
});

it.each([
  'https://reports-7.store.test.elsewhere.test/x',
  'http://reports-7.store.test/x',
  'http://169.254.169.254/latest/meta-data',
  'http://127.0.0.1/x',
  'file:///etc/passwd',
])('does not follow a link to %s', async (link) => {
  const { heard, done } = conversation([linkTo(link)]);
  await expect(done).rejects.toThrow(/where no link of Acme leads; it is not asked/);
  expect(heard).toHaveLength(1);
});

it('follows a link within the machine that is asked anyway', async () => {
  const { done } = conversation([linkTo('http://127.0.0.1:4002/part'), lines], 'http://127.0.0.1:4001');
  expect((await done).answers).toHaveLength(2);
});

it('asks for a fresh link when one has run out', async () => {
  const ranOut = () => new Response('<Error/>', { status: 403 });
  const { heard, done } = conversation([linkTo(STORE), ranOut, linkTo(`${STORE}2`), lines]);
  expect((await done).answers).toHaveLength(2);
  expect(heard.map(({ url }) => url).at(-1)).toBe(`${STORE}2`);
});

it('waits for a report that is being made, asking the same again', async () => {
  const making = () => Response.json({ wait: 30 });
  const { heard, slept, done } = conversation([making, making, linkTo(STORE), lines]);
  await done;
  expect([heard.length, slept]).toEqual([4, [30_000, 30_000]]);
});

it('takes 204 for the word that there is nothing', async () => {
  const { done } = conversation([() => new Response(null, { status: 204 })]);
  expect((await done).answers.map((answer) => answer.page)).toEqual([null]);
});
