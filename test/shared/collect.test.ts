import { describe, expect, it } from 'vitest';
import { collect } from '../../shared/collect.ts';
import type { Platform } from '../../shared/platform.ts';
import type { CollectMessage } from '../../shared/source.ts';
import { statuses } from '../../shared/status.ts';
import type { AnyRow } from '../../shared/table.ts';
import { usage } from '../../shared/tables/usage.ts';
import { testPlatform } from '../platform/index.ts';
import type { Bucket } from '../platform/memory-objects.ts';
import { acmeMessage, acmeServer, acmeUsage, given, linesOf } from './acme.ts';

const KEY = 'facts/usage/billing_period=2026-11/acme_usage.main.2026-11-23.parquet';

const rowsIn = async (platform: Platform, key = KEY): Promise<AnyRow[]> => {
  const stored = await platform.objects.get(key);
  return stored === null ? [] : platform.codec.readParquet(usage, stored.body);
};

const facts = (bucket: Bucket): Record<string, string> =>
  Object.fromEntries(
    [...bucket]
      .filter(([key]) => key.startsWith('facts/') || key.startsWith('identities/'))
      .map(([key, { etag }]) => [key, etag])
      .sort(),
  );

const statusOf = async (platform: Platform, day = '2026-11-23') =>
  (await statuses(platform, 'acme_usage', 'acme.main')).get(day)?.data;

describe('collect', () => {
  it('stores a day whole: every page, in order, people as pseudonyms, and asks for the month to be made', async () => {
    const { platform, bucket, queued } = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23')) });
    const done = await collect(platform, acmeMessage, given());
    const rows = await rowsIn(platform);
    expect(done).toMatchObject({
      finished: true,
      days: [{ day: '2026-11-23', outcome: 'ok', rows: 48 }],
      requests: 3,
      retries: 0,
    });
    expect(rows).toHaveLength(48);
    expect(
      rows
        .filter(({ meter }) => meter === 'input_tokens')
        .map(({ quantity }) => Number(quantity))
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 24 }, (_, i) => 1000 + i));
    expect(
      JSON.stringify(
        [...bucket]
          .filter(([key]) => !key.startsWith('identities/'))
          .map(([, { bytes }]) => Buffer.from(bytes).toString('latin1')),
      ),
    ).not.toContain('larkspur');
    expect(queued).toEqual([
      { queue: 'materialise', group: '2026-11', id: expect.any(String), body: { days: ['2026-11-23'], mode: 'live' } },
    ]);
    expect(await statusOf(platform)).toMatchObject({
      outcome: 'ok',
      row_count: 48,
      complete_through: '2026-11-24T00:00:00.000Z',
      generation: acmeMessage.due,
    });
  });

  it('gives the same bytes whatever the size of a page or a window', async () => {
    const worlds = [
      { fetch: acmeServer(() => linesOf('2026-11-23', 60), 7), window: 'day' as const },
      { fetch: acmeServer(() => [...linesOf('2026-11-23', 60)].reverse(), 100), window: 'day' as const },
      { fetch: acmeServer(() => linesOf('2026-11-23', 60), 2), window: 'hour' as const },
      { fetch: acmeServer(() => linesOf('2026-11-23', 60), 11), window: 'run' as const },
    ];
    const stored = await Promise.all(
      worlds.map(async ({ fetch, window }) => {
        const { platform, bucket } = testPlatform({ fetch });
        await collect(platform, { ...acmeMessage, window }, given());
        return facts(bucket)[KEY];
      }),
    );
    expect(new Set(stored).size).toBe(1);
    expect(stored[0]).toBeDefined();
  });

  it('notes what its source has to say of a day that is well', async () => {
    const { platform } = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23')) });
    const note = (answered: readonly { url: string }[]) => `answered ${answered.length} pages the old way`;
    await collect(platform, acmeMessage, { ...given(), source: { ...acmeUsage, note } });
    expect(await statusOf(platform)).toMatchObject({ outcome: 'ok', message: 'answered 3 pages the old way' });
  });

  it('is once when done twice, and asks nothing the second time', async () => {
    const fetch = acmeServer(() => linesOf('2026-11-23'));
    const { platform, bucket } = testPlatform({ fetch });
    await collect(platform, acmeMessage, given());
    const before = facts(bucket);
    const asked = fetch.asked.length;
    const again = await collect(platform, acmeMessage, given());
    expect(again.days).toEqual([{ day: '2026-11-23', outcome: 'unchanged', rows: 48 }]);
    expect(facts(bucket)).toEqual(before);
    expect(fetch.asked).toHaveLength(asked);
  });

  it('replaces a day that a later answer restates, and says so', async () => {
    let lines = linesOf('2026-11-23');
    const { platform } = testPlatform({ fetch: acmeServer(() => lines) });
    await collect(platform, acmeMessage, given());
    lines = linesOf('2026-11-23', 30);
    await collect(platform, { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' }, given());
    expect(await rowsIn(platform)).toHaveLength(60);
    expect(await statusOf(platform)).toMatchObject({ restated_count: 1, generation: '2026-11-25T05:00:00.000Z' });
  });

  it('never lets an older question replace a newer answer', async () => {
    let lines = linesOf('2026-11-23', 30);
    const { platform } = testPlatform({ fetch: acmeServer(() => lines) });
    await collect(platform, { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' }, given());
    lines = linesOf('2026-11-23', 24);
    const late = await collect(platform, acmeMessage, given());
    expect(late.days).toMatchObject([{ outcome: 'older' }]);
    expect(await rowsIn(platform)).toHaveLength(60);
  });

  it('never lets an answer of older data replace newer data', async () => {
    const server = { stamp: '2026-11-25T04:00:00.000Z', lines: linesOf('2026-11-23', 30) };
    const fetch: Platform['fetch'] = (...args) => acmeServer(() => server.lines, 100, server.stamp)(...args);
    const { platform } = testPlatform({ fetch });
    await collect(platform, { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' }, given());
    server.stamp = '2026-11-25T03:00:00.000Z';
    server.lines = linesOf('2026-11-23', 29);
    const late = await collect(platform, { ...acmeMessage, due: '2026-11-25T06:00:00.000Z' }, given());
    expect(late.days).toMatchObject([{ outcome: 'older' }]);
    expect(await rowsIn(platform)).toHaveLength(60);
  });

  it('takes a restated day also when it was first asked for with later days', async () => {
    let lines = [...linesOf('2026-11-20'), ...linesOf('2026-11-21')];
    const { platform } = testPlatform({ fetch: acmeServer(() => lines, 1000) });
    const run = { ...acmeMessage, from: '2026-11-20', mode: 'backfill' as const, window: 'run' as const };
    await collect(platform, { ...run, to: '2026-11-22' }, given());
    lines = [...linesOf('2026-11-20', 30), ...linesOf('2026-11-21')];
    const again = await collect(platform, { ...run, to: '2026-11-21', due: '2026-11-27T05:00:00.000Z' }, given());
    expect(again.days).toEqual([{ day: '2026-11-20', outcome: 'ok', rows: 60 }]);
  });

  it.each([
    ['nothing', 0],
    ['less than half', 10],
  ])(
    'keeps a closed day that would shrink to %s, asks again before believing it, and says what to do',
    async (_name, count) => {
      let lines = linesOf('2026-11-23');
      const fetch = acmeServer(() => lines, 100);
      const { platform } = testPlatform({ fetch });
      await collect(platform, acmeMessage, given());
      lines = linesOf('2026-11-23', count);
      const later = { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' };
      const shrunk = await collect(platform, later, given());
      expect(shrunk.days).toMatchObject([{ outcome: 'shrunken', rows: 48 }]);
      expect(fetch.asked).toHaveLength(4);
      expect(await rowsIn(platform)).toHaveLength(48);
      expect(await statusOf(platform)).toMatchObject({
        outcome: 'shrunken',
        message: expect.stringContaining('--force acme_usage.main 2026-11-23'),
        generation: acmeMessage.due,
      });
      await collect(platform, { ...later, due: '2026-11-25T06:00:00.000Z', force: true }, given());
      expect(await rowsIn(platform)).toHaveLength(count * 2);
    },
  );

  it('takes the full answer when an empty one was only a hiccup', async () => {
    const answers = [linesOf('2026-11-23'), [], linesOf('2026-11-23', 26)];
    let asked = 0;
    const { platform } = testPlatform({ fetch: (...args) => acmeServer(() => answers[asked++] ?? [], 100)(...args) });
    await collect(platform, acmeMessage, given());
    const again = await collect(platform, { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' }, given());
    expect(again.days).toMatchObject([{ outcome: 'ok', rows: 52 }]);
  });

  it('cuts a run of days into one object a day', async () => {
    const fetch = acmeServer(
      () => [...linesOf('2026-10-30'), ...linesOf('2026-10-31', 5), ...linesOf('2026-11-02')],
      100,
    );
    const { platform, bucket, queued } = testPlatform({ fetch });
    await collect(
      platform,
      { ...acmeMessage, from: '2026-10-30', to: '2026-11-03', mode: 'backfill', window: 'run' },
      given(),
    );
    expect(Object.keys(facts(bucket)).filter((key) => key.startsWith('facts/usage'))).toEqual([
      'facts/usage/billing_period=2026-10/acme_usage.main.2026-10-30.parquet',
      'facts/usage/billing_period=2026-10/acme_usage.main.2026-10-31.parquet',
      'facts/usage/billing_period=2026-11/acme_usage.main.2026-11-02.parquet',
    ]);
    expect(fetch.asked).toHaveLength(1);
    expect(await statusOf(platform, '2026-11-01')).toMatchObject({ outcome: 'ok', row_count: 0 });
    expect(queued.map(({ body }) => body)).toEqual([
      { days: ['2026-10-30', '2026-10-31'], mode: 'backfill' },
      { days: ['2026-11-02'], mode: 'backfill' },
    ]);
  });

  it('hands the rest on before its time is up, and the next part asks only what is missing', async () => {
    const fetch = acmeServer(() => linesOf('2026-11-23'), 100);
    const { platform, queued } = testPlatform({ fetch });
    const hourly = { ...acmeMessage, window: 'hour' as const };
    const first = await collect(platform, hourly, given({ deadline: platform.clock.now() + 30_000 }));
    expect(first.finished).toBe(false);
    expect(fetch.asked).toHaveLength(1);
    expect(queued).toMatchObject([{ queue: 'collect.acme', group: 'acme.main.live', body: { ...hourly, part: 1 } }]);
    await collect(platform, { ...hourly, part: 1 }, given());
    expect(fetch.asked.length).toBe(24);
    expect(await rowsIn(platform)).toHaveLength(48);
  });

  it('asks a run by the day and a day by the hour when an answer says that it does not fit', async () => {
    const fetch = acmeServer(() => [...linesOf('2026-11-22', 4), ...linesOf('2026-11-23')], 10);
    const { platform, queued } = testPlatform({ fetch });
    const source = { ...given().source, isTooMuch: ({ next }: { next: string | null }) => next !== null };
    const run = { ...acmeMessage, from: '2026-11-22', mode: 'backfill' as const, window: 'run' as const };
    const collected = (message: CollectMessage) => collect(platform, message, given({ source }));
    const bodies = () =>
      queued.splice(0).flatMap(({ body }) => ((body as CollectMessage).source ? [body as CollectMessage] : []));
    expect(await collected(run)).toEqual({ finished: false, days: [], requests: 1, retries: 0 });
    const [quiet = run, busy = run] = bodies();
    expect([quiet, busy]).toEqual([
      { ...run, to: '2026-11-23', window: 'day', part: 1 },
      { ...run, from: '2026-11-23', window: 'day', part: 1 },
    ]);
    expect(await collected(quiet)).toMatchObject({ finished: true, days: [{ rows: 8 }] });
    queued.splice(0);
    expect(await collected(busy)).toMatchObject({ finished: false });
    const [hourly = run] = bodies();
    expect(hourly).toEqual({ ...busy, window: 'hour', part: 2 });
    expect(await collected(hourly)).toMatchObject({ finished: true, days: [{ rows: 48 }], requests: 24 });
  });

  it('writes who refused and what it said, and stores nothing', async () => {
    const { platform, bucket } = testPlatform({
      fetch: async () => Response.json({ message: 'no such key' }, { status: 401 }),
    });
    await expect(collect(platform, acmeMessage, given())).rejects.toThrow(
      'asked acme.main at /usage, and got 401: no such key',
    );
    expect(facts(bucket)).toEqual({});
    expect(await statusOf(platform)).toMatchObject({
      outcome: 'refused',
      message: 'asked acme.main at /usage, and got 401: no such key',
    });
  });

  it('does not send the key to another origin', async () => {
    const { platform } = testPlatform({ fetch: acmeServer(() => []) });
    const astray = given();
    const source = { ...astray.source, ask: () => [{ url: 'https://elsewhere.test/usage' }] };
    await expect(collect(platform, acmeMessage, { ...astray, source })).rejects.toThrow('the key is not sent there');
  });
});

describe('collect, stopped', () => {
  /** Every port call of a run, one after the other, is the last one before the process dies. */
  const killedAt = async (call: number): Promise<{ died: boolean; world: ReturnType<typeof testPlatform> }> => {
    const world = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23'), 10) });
    let calls = 0;
    const dying = <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const member = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]) => {
            calls += 1;
            if (calls === call) throw new Error('killed');
            return Reflect.apply(member, target, args);
          };
        },
      });
    const { platform } = world;
    const mortal = {
      ...platform,
      fetch: ((...args: Parameters<Platform['fetch']>) => {
        calls += 1;
        if (calls >= call && calls < call + 8) throw new Error('killed');
        return platform.fetch(...args);
      }) as Platform['fetch'],
      objects: dying(platform.objects),
      state: dying(platform.state),
      secrets: dying(platform.secrets),
      queue: dying(platform.queue),
    };
    const died = await collect(mortal, acmeMessage, given()).then(
      () => false,
      () => true,
    );
    return { died, world };
  };

  it('ends in the same facts after a second try, whichever port call it died at', async () => {
    const whole = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23'), 10) });
    await collect(whole.platform, acmeMessage, given());
    const wanted = facts(whole.bucket);
    const ends = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const { died, world } = await killedAt(i + 1);
        await collect(world.platform, acmeMessage, given());
        return { died, facts: facts(world.bucket), told: world.queued.map(({ body }) => JSON.stringify(body)) };
      }),
    );
    expect(ends.filter(({ died }) => died).length).toBeGreaterThan(10);
    expect(ends.map((end) => end.facts)).toEqual(ends.map(() => wanted));
    // Who makes the month must hear of the day in the end, also when the run died between storing and telling.
    expect(ends.filter(({ told }) => !told.includes('{"days":["2026-11-23"],"mode":"live"}'))).toEqual([]);
  });
});
