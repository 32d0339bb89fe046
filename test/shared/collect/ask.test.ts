import { describe, expect, it } from 'vitest';
import { collect } from '../../../shared/collect.ts';
import type { Platform } from '../../../shared/platform.ts';
import { testPlatform } from '../../platform/index.ts';
import { acmeMessage, acmeServer, given, linesOf } from '../acme.ts';

/** A server that misbehaves on given calls (1 is the first), and answers well otherwise. */
function moody(moods: Readonly<Record<number, () => Response | Promise<Response>>>, per = 100): Platform['fetch'] {
  const well = acmeServer(() => linesOf('2026-11-23'), per);
  let calls = 0;
  return async (...args) => {
    calls += 1;
    return (await moods[calls]?.()) ?? well(...args);
  };
}

const ran = async (fetch: Platform['fetch']) => {
  const { platform } = testPlatform({ fetch });
  const before = platform.clock.now();
  const done = await collect(platform, acmeMessage, given());
  return { ...done, waited: platform.clock.now() - before };
};

describe('asking', () => {
  it.each([
    ['429 without a word', () => new Response('{}', { status: 429 }), 750],
    ['429 that says 20 seconds', () => new Response('{}', { status: 429, headers: { 'retry-after': '20' } }), 20_000],
    [
      '429 that says a date',
      () => new Response('{}', { status: 429, headers: { 'retry-after': 'Wed, 25 Nov 2026 06:00:30 GMT' } }),
      30_000,
    ],
    [
      '403 of an exhausted limit',
      () =>
        new Response('{}', {
          status: 403,
          headers: {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(Date.parse('2026-11-25T06:01:00Z') / 1000),
          },
        }),
      60_000,
    ],
    ['500', () => new Response('oops', { status: 500 }), 750],
    ['529', () => new Response('{}', { status: 529 }), 750],
    ['silence', () => Promise.reject(new TypeError('socket hang up')), 750],
    [
      'a refusal torn on its way',
      () => new Response('{"message":"no su', { status: 400, headers: { 'content-type': 'application/json' } }),
      750,
    ],
    ['torn JSON', () => new Response('{"lines":[{"at":"2026-', { status: 200 }), 750],
  ])('asks again after %s, having waited as asked', async (_name, mood, waited) => {
    expect(await ran(moody({ 1: mood }))).toMatchObject({
      days: [{ outcome: 'ok', rows: 48 }],
      retries: 1,
      requests: 2,
      waited,
    });
  });

  it('waits longer each time, and gives up after eight tries', async () => {
    const down = moody(
      Object.fromEntries(Array.from({ length: 99 }, (_, i) => [i + 1, () => new Response('', { status: 503 })])),
    );
    const { platform } = testPlatform({ fetch: down });
    const before = platform.clock.now();
    await expect(collect(platform, acmeMessage, given())).rejects.toThrow('got 503');
    expect(platform.clock.now() - before).toBe(750 * (1 + 2 + 4 + 8 + 16 + 32) + 45_000);
  });

  it.each([400, 401, 403, 404, 422])('takes %d for an answer, and asks once', async (status) => {
    const fetch = moody({ 1: () => new Response('{}', { status }), 2: () => new Response('{}', { status }) });
    const { platform } = testPlatform({ fetch });
    await expect(collect(platform, acmeMessage, given())).rejects.toThrow(`got ${status}`);
  });

  it('takes the other way that a source knows for a documented refusal', async () => {
    expect(await ran(moody({ 1: () => new Response('{}', { status: 400 }) }))).toMatchObject({
      days: [{ rows: 48 }],
      requests: 2,
    });
  });

  it('starts the window anew when a cursor has died', async () => {
    expect(await ran(moody({ 2: () => new Response('{}', { status: 410 }) }, 10))).toMatchObject({
      days: [{ rows: 48 }],
      requests: 5,
      retries: 1,
    });
  });

  it('starts the window anew when a page comes twice, and counts no row twice', async () => {
    const well = acmeServer(() => linesOf('2026-11-23'), 10);
    let former: Response | undefined;
    let calls = 0;
    const fetch: Platform['fetch'] = async (...args) => {
      calls += 1;
      const answer = calls === 2 && former !== undefined ? former : await well(...args);
      former = answer.clone();
      return answer;
    };
    expect(await ran(fetch)).toMatchObject({ days: [{ rows: 48 }], retries: 1 });
  });

  it('does not believe an empty answer to a question that was answered fully before the window began anew', async () => {
    const nothing = () => Response.json({ lines: [], next: null, as_of: null });
    const fetch = moody({ 2: () => new Response('{}', { status: 410 }), 3: nothing }, 10);
    expect(await ran(fetch)).toMatchObject({ days: [{ rows: 48 }], retries: 2 });
  });

  it('gives up on a cursor that always leads back', async () => {
    const fetch: Platform['fetch'] = async () => Response.json({ lines: [], next: '0', as_of: null });
    const { platform } = testPlatform({ fetch });
    await expect(collect(platform, acmeMessage, given())).rejects.toThrow(
      'was sent to a page it had already read, 5 times from the start',
    );
  });

  it('names the missing field when an answer is not as documented', async () => {
    const fetch: Platform['fetch'] = async () =>
      Response.json({ lines: [{ at: '2026-11-23T00:00:00Z' }], next: null, as_of: null });
    const { platform } = testPlatform({ fetch });
    await expect(collect(platform, acmeMessage, given())).rejects.toThrow('lines.0.email');
  });

  it('leaves the rest to the queue when a wait would outlast the run', async () => {
    const { platform } = testPlatform({
      fetch: moody({ 1: () => new Response('{}', { status: 429, headers: { 'retry-after': '600' } }) }),
    });
    await expect(collect(platform, acmeMessage, given({ deadline: platform.clock.now() + 60_000 }))).rejects.toThrow(
      'no time left to wait',
    );
  });
});
