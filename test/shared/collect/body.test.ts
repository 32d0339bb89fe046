import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { followingIn, parsedBody, TooLarge, textOf } from '../../../shared/collect/body.ts';

it('reads lines of JSON as one page, money as it was written', () => {
  expect(
    parsedBody('{"day":"2026-11-18","used":0.10}\n\n{"day":"2026-11-19","used":1e-05}\n', 'lines', ['used']),
  ).toEqual({
    value: {
      lines: [
        { day: '2026-11-18', used: '0.10' },
        { day: '2026-11-19', used: '1e-05' },
      ],
    },
    torn: null,
  });
});

it('reads a report of no line as no line', () => {
  expect(parsedBody('', 'lines', [])).toEqual({ value: { lines: [] }, torn: null });
});

it('reads CSV by its header: quotes, commas and empty cells as they are', () => {
  expect(parsedBody('"date","model","net"\n"2026-11-18","Auto: Claude, small",""\n', 'csv', [])).toEqual({
    value: { lines: [{ date: '2026-11-18', model: 'Auto: Claude, small', net: '' }] },
    torn: null,
  });
});

it.each([
  ['{"day":"2026-11-18"}\n{"day":"20', 'lines'],
  ['date,net\n2026-11-18', 'csv'],
  ['date,net\n"2026-11-18,0', 'csv'],
] as const)('knows that %j is torn', (body, written) => {
  expect(parsedBody(body, written, [])).toEqual({ torn: expect.any(String) });
});

const MEBIBYTE = 1024 * 1024;

it('stops at the limit of what a small body unpacks to', async () => {
  const packed = new Blob([gzipSync(Buffer.alloc(64 * MEBIBYTE, ' '), { level: 9 })]);
  expect(packed.size).toBeLessThan(MEBIBYTE / 10);
  const unpacked = new Response(packed.stream().pipeThrough(new DecompressionStream('gzip')));
  await expect(textOf(unpacked, MEBIBYTE)).rejects.toThrow(TooLarge);
});

it('reads letters that lie across two pieces', async () => {
  const bytes = new TextEncoder().encode('Zoë');
  const pieces = new ReadableStream({
    start: (out) => {
      for (const byte of bytes) out.enqueue(Uint8Array.of(byte));
      out.close();
    },
  });
  expect(await textOf(new Response(pieces), 10)).toBe('Zoë');
});

it.each([
  [
    '<https://api.github.com/organizations/999/copilot/billing/seats?page=2&per_page=2>; rel="next", <https://api.github.com/organizations/999/copilot/billing/seats?page=9>; rel="last"',
    'https://api.github.com/organizations/999/copilot/billing/seats?page=2&per_page=2',
  ],
  [
    '<https://a.test/?page=1>; rel="prev first", <https://a.test/?page=3>; title="x"; rel=next',
    'https://a.test/?page=3',
  ],
  ['<https://a.test/?page=1>; rel="prev", <https://a.test/?page=9>; rel="last"', null],
  ['', null],
  [null, null],
])('finds where %s goes on', (link, following) => {
  expect(followingIn(link)).toBe(following);
});
