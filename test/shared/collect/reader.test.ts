import { expect, it } from 'vitest';
import { keep } from '../../../shared/collect/checkpoint.ts';
import { NotYet } from '../../../shared/collect/failure.ts';
import { reader } from '../../../shared/collect/reader.ts';
import type { Platform } from '../../../shared/platform.ts';
import { type AnySource, defineSource } from '../../../shared/source.ts';
import { testPlatform } from '../../platform/index.ts';
import { acmeConnection, acmeMessage, acmeUsage, linesOf } from '../acme.ts';

const window = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };
const answers = linesOf('2026-11-23', 3).map(({ tokens, requests, ...line }) => ({
  asked: { url: 'https://api.acme.test/usage' },
  page: { lines: [{ ...line, tokens: String(tokens), requests: String(requests) }], next: null, as_of: null },
}));

/** A source that tallies, and notes what happens when. */
const telling = (events: string[]): AnySource =>
  defineSource({
    ...acmeUsage,
    tally: (asking) => {
      const taken: Parameters<typeof acmeUsage.rows>[0][number][] = [];
      return {
        take: (answer) => {
          events.push('taken');
          taken.push(answer);
        },
        rows: () => acmeUsage.rows(taken, asking),
      };
    },
  });

/** A platform that holds the window, and notes each line that is read of it. */
async function holding(events: string[]): Promise<Platform> {
  const { platform } = testPlatform();
  await keep(platform, acmeMessage, window, answers);
  const lines = async function* (packed: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const line of platform.codec.lines(packed)) {
      events.push('read');
      yield line;
    }
  };
  return { ...platform, codec: { ...platform.codec, lines } };
}

it('hands a source that tallies one answer after another, and holds none of them', async () => {
  const events: string[] = [];
  const { rowsOf } = reader(await holding(events), acmeMessage, telling(events), acmeConnection, new Map());
  const rows = await rowsOf(window);
  expect(events).toEqual(['read', 'taken', 'read', 'taken', 'read', 'taken']);
  expect(rows).toEqual([...acmeUsage.rows(answers, { window, connection: acmeConnection })]);
});

it('tallies what is still in memory without reading it again', async () => {
  const events: string[] = [];
  const held = new Map([[window.from, answers]]);
  const { rowsOf } = reader(await holding(events), acmeMessage, telling(events), acmeConnection, held);
  expect(await rowsOf(window)).toHaveLength(6);
  expect(events).toEqual(['taken', 'taken', 'taken']);
});

it('asks a damaged window again, and forgets what was kept of it', async () => {
  const { platform, bucket } = testPlatform();
  await keep(platform, acmeMessage, window, answers);
  const [key = ''] = bucket.keys();
  await platform.objects.put(key, new Uint8Array([31, 139, 8, 0, 1]), { when: 'any' });
  const { rowsOf } = reader(platform, acmeMessage, telling([]), acmeConnection, new Map());
  await expect(rowsOf(window)).rejects.toThrow(NotYet);
  expect([...bucket.keys()]).toEqual([]);
});

it('leaves an error of the source as it is', async () => {
  const { platform } = testPlatform();
  await keep(platform, acmeMessage, window, answers);
  const broken = defineSource({
    ...acmeUsage,
    tally: () => ({
      take: () => {
        throw new Error('a kind that is not known');
      },
      rows: () => [],
    }),
  });
  const { rowsOf } = reader(platform, acmeMessage, broken, acmeConnection, new Map());
  await expect(rowsOf(window)).rejects.toThrow('a kind that is not known');
});
