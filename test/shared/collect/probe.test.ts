import { describe, expect, it } from 'vitest';
import { collect } from '../../../shared/collect.ts';
import { plan } from '../../../shared/plan.ts';
import type { Platform } from '../../../shared/platform.ts';
import { type AnySource, type CollectMessage, defineProbe } from '../../../shared/source.ts';
import { statuses } from '../../../shared/status.ts';
import { testPlatform } from '../../platform/index.ts';
import { acmeConnection, acmeServer, acmeUsage, given, linesOf } from '../acme.ts';

type Lines = ReturnType<typeof linesOf>;

/** Acme tells a day's tokens, whoever used them, at another address. */
const probe = defineProbe({
  page: acmeUsage.page,
  ask: ({ window, connection }) => [{ url: `${connection.baseUrl}/totals?from=${window.from}&to=${window.to}&page=0` }],
  next: () => [],
  readings: (answers) =>
    answers.flatMap(({ page }) => page.lines.map(({ at, tokens }) => ({ day: at.slice(0, 10), figure: tokens }))),
});
const probing = { ...acmeUsage, settles: [0, 1, 2, 3, 7, 14, 21, 'close'], probe } as unknown as AnySource;

const WEEK = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07'];
/** When all of the week is due again: it is fetched, its figures are learnt, they are compared, and its month has closed. */
const FETCHED = '2026-11-14T06:00:00Z';
const LEARNT = '2026-11-21T06:00:00Z';
const COMPARED = '2026-11-28T06:00:00Z';
const CLOSED = '2026-12-04T06:00:00Z';
const TOTALS = '/totals 2026-11-01..2026-11-08';
const ALL = '/usage 2026-11-01..2026-11-08';

/** A week that has settled, of a vendor whose lines may be changed and whose answers may be spoilt. */
function world() {
  const lines = new Map(WEEK.map((day): [string, Lines] => [day, linesOf(day)]));
  const well = acmeServer(() => [...lines.values()].flat(), 100_000);
  const asked: string[] = [];
  const vendor = { before: (_path: string): Response | null => null };
  const fetch: Platform['fetch'] = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    asked.push(`${pathname} ${searchParams.get('from')?.slice(0, 10)}..${searchParams.get('to')?.slice(0, 10)}`);
    return vendor.before(pathname) ?? (await well(input, init));
  };
  return { ...testPlatform({ fetch, now: FETCHED }), lines, asked, vendor };
}
type World = ReturnType<typeof world>;

/** Plans at a moment and collects until nothing waits; answers what was asked on the way. */
async function round(made: World, now: string, platform: Platform = made.platform): Promise<string[]> {
  made.asked.length = 0;
  made.queued.length = 0;
  await platform.clock.sleep(Date.parse(now) - platform.clock.now());
  await plan(platform, {
    sources: [probing],
    connections: [acmeConnection],
    since: '2026-11-01',
    through: '2026-11-07',
  });
  // What is queued on the way comes behind.
  for (const { queue, body } of made.queued)
    if (queue === 'collect.acme') await collect(platform, body as CollectMessage, given({ source: probing }));
  return [...made.asked];
}

const facts = ({ bucket }: World): Record<string, string> =>
  Object.fromEntries([...bucket].filter(([key]) => key.startsWith('facts/')).map(([key, { etag }]) => [key, etag]));

const statusOf = async ({ platform }: World, day: string) =>
  (await statuses(platform, 'acme_usage', 'acme.main')).get(day)?.data;

/** The week with its figures known. */
async function known(): Promise<World> {
  const made = world();
  await round(made, FETCHED);
  await round(made, LEARNT);
  return made;
}

describe('a probe', () => {
  it('is not asked about days never fetched; days without a figure are fetched, once', async () => {
    const made = world();
    expect(await round(made, FETCHED)).toEqual([ALL]);
    expect(await round(made, LEARNT)).toEqual([TOTALS, ALL]);
    expect(await round(made, COMPARED)).toEqual([TOTALS]);
  });

  it('settles what did not move, and leaves the facts and their generation as they are', async () => {
    const made = await known();
    const before = facts(made);
    await round(made, COMPARED);
    expect(facts(made)).toEqual(before);
    expect(await statusOf(made, '2026-11-03')).toEqual({
      due_at: '2026-11-28T05:00:00.000Z',
      tried_at: '2026-11-28T06:00:00.000Z',
      outcome: 'unchanged',
      message: null,
      row_count: 48,
      request_count: 1,
      retry_count: 0,
      complete_through: '2026-11-08T00:00:00.000Z',
      generation: '2026-11-21T05:00:00.000Z',
      restated_count: 0,
    });
    expect(made.queued.filter(({ queue }) => queue === 'materialise')).toEqual([]);
  });

  it('has only what moved fetched', async () => {
    const made = await known();
    made.lines.set('2026-11-02', linesOf('2026-11-02', 25));
    made.lines.set('2026-11-05', linesOf('2026-11-05', 26));
    made.lines.set('2026-11-06', linesOf('2026-11-06', 27));
    expect(await round(made, COMPARED)).toEqual([
      TOTALS,
      '/usage 2026-11-02..2026-11-03',
      '/usage 2026-11-05..2026-11-07',
    ]);
    expect(await statusOf(made, '2026-11-05')).toMatchObject({
      outcome: 'ok',
      row_count: 52,
      restated_count: 1,
      generation: '2026-11-28T05:00:00.000Z',
    });
  });

  it('has every day fetched in full after the close of its month: a figure does not see money move between keys', async () => {
    const made = await known();
    const swapped = linesOf('2026-11-04').map((line) => ({ ...line, key: 'key_2' }));
    made.lines.set('2026-11-04', swapped);
    expect(await round(made, COMPARED)).toEqual([TOTALS]);
    expect(await round(made, CLOSED)).toEqual([ALL]);
    expect(await statusOf(made, '2026-11-04')).toMatchObject({ outcome: 'ok', restated_count: 1 });
  });

  it('misses no change between its answer and the days that are then fetched', async () => {
    const made = world();
    await round(made, FETCHED);
    // The figures are taken, then the vendor restates, then the days are fetched.
    made.vendor.before = (path) => {
      if (path === '/usage') made.lines.set('2026-11-04', linesOf('2026-11-04', 30));
      return null;
    };
    await round(made, LEARNT);
    expect(await round(made, COMPARED)).toEqual([TOTALS, '/usage 2026-11-04..2026-11-05']);
  });

  it.each([
    ['refuses', () => Response.json({ message: 'no totals for you' }, { status: 403 }), [TOTALS, ALL]],
    ['answers otherwise than documented', () => Response.json({ sums: [] }), [TOTALS, ALL]],
    ['answers with nothing', () => Response.json({ lines: [], next: null, as_of: null }), [TOTALS, ALL]],
  ])('is no loss where the vendor %s: the days are fetched', async (_name, answer, asked) => {
    const made = await known();
    const before = facts(made);
    made.vendor.before = (path) => (path === '/totals' ? answer() : null);
    expect(await round(made, COMPARED)).toEqual(asked);
    expect(await statusOf(made, '2026-11-03')).toMatchObject({ outcome: 'unchanged', message: null });
    expect(Object.keys(facts(made))).toEqual(Object.keys(before));
  });

  it('believes an empty answer of a day that is empty here too', async () => {
    const made = world();
    made.lines.delete('2026-11-03');
    await round(made, FETCHED);
    await round(made, LEARNT);
    expect(await round(made, COMPARED)).toEqual([TOTALS]);
  });

  it('does not stand for a day that was fetched otherwise since', async () => {
    const made = await known();
    const day = { from: '2026-11-04', to: '2026-11-05', due: '2026-11-22T09:00:00.000Z' };
    await collect(
      made.platform,
      { source: 'acme_usage', connection: 'acme.main', ...day, mode: 'live', window: 'day', part: 0, force: true },
      given({ source: probing }),
    );
    expect(await round(made, COMPARED)).toEqual([TOTALS, '/usage 2026-11-04..2026-11-05']);
  });

  it('says nothing of the days between those it was asked about when the key is refused', async () => {
    const made = await known();
    const message: CollectMessage = {
      source: 'acme_usage',
      connection: 'acme.main',
      from: '2026-11-01',
      to: '2026-11-08',
      due: '2026-11-28T05:00:00.000Z',
      mode: 'backfill',
      window: 'run',
      part: 0,
      force: false,
      probed: ['2026-11-01', '2026-11-07'],
    };
    const locked = { ...made.platform, secrets: { read: () => Promise.reject(new Error('no such key')) } };
    await expect(collect(locked, message, given({ source: probing }))).rejects.toThrow('no such key');
    expect(await statusOf(made, '2026-11-07')).toMatchObject({ outcome: 'failed', message: 'no such key' });
    expect(await statusOf(made, '2026-11-04')).toMatchObject({ outcome: 'unchanged' });
  });

  it('ends in the same facts, whichever port call it died at', async () => {
    const restated = linesOf('2026-11-04', 30);
    const whole = await known();
    whole.lines.set('2026-11-04', restated);
    await round(whole, COMPARED);
    const ends = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const made = await known();
        made.lines.set('2026-11-04', restated);
        const died = await round(made, COMPARED, mortal(made.platform, i + 1)).then(
          () => false,
          () => true,
        );
        await round(made, COMPARED);
        return { died, facts: facts(made) };
      }),
    );
    expect(ends.filter(({ died }) => died).length).toBeGreaterThan(10);
    expect(ends.map((end) => end.facts)).toEqual(ends.map(() => facts(whole)));
  });
});

/** A platform whose process dies at its nth call to state, objects or queue. */
function mortal(platform: Platform, nth: number): Platform {
  let calls = 0;
  const dying = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          calls += 1;
          if (calls === nth) throw new Error('killed');
          return Reflect.apply(member, target, args);
        };
      },
    });
  return {
    ...platform,
    state: dying(platform.state),
    objects: dying(platform.objects),
    queue: dying(platform.queue),
  };
}
