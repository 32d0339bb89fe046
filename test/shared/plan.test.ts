import { describe, expect, it } from 'vitest';
import { collect } from '../../shared/collect.ts';
import { lastDue, plan } from '../../shared/plan.ts';
import type { AnySource, CollectMessage, Connection } from '../../shared/source.ts';
import { testPlatform } from '../platform/index.ts';
import { acmeConnection, acmeServer, acmeUsage, given, linesOf } from './acme.ts';

const source = acmeUsage as unknown as AnySource;
const at = (text: string): number => Date.parse(text);

describe('lastDue', () => {
  it.each([
    ['before the day begins', '2026-11-22T23:00:00Z', null],
    ['in its first hour', '2026-11-23T00:30:00Z', null],
    ['while it runs, the last full hour', '2026-11-23T14:20:00Z', '2026-11-23T14:00:00.000Z'],
    ['when it has ended', '2026-11-24T01:00:00Z', '2026-11-24T00:00:00.000Z'],
    ['the morning after', '2026-11-24T06:00:00Z', '2026-11-24T05:00:00.000Z'],
    ['two days later', '2026-11-25T06:00:00Z', '2026-11-25T05:00:00.000Z'],
    ['between three and seven days', '2026-11-29T06:00:00Z', '2026-11-26T05:00:00.000Z'],
    ['after a week', '2026-12-01T06:00:00Z', '2026-11-30T05:00:00.000Z'],
    ['after the close of the month', '2026-12-20T06:00:00Z', '2026-12-04T05:00:00.000Z'],
  ])('%s', (_name, now, due) => {
    expect(lastDue(source, '2026-11-23', at(now))).toBe(due);
  });
});

describe('plan', () => {
  const planning = { sources: [source], connections: [acmeConnection], since: '2026-10-20', through: '2026-11-24' };

  it('asks young days one by one, newest first, and old ones in runs', async () => {
    const { platform } = testPlatform();
    const { messages, dueDays } = await plan(platform, planning);
    expect(dueDays).toBe(36);
    expect(messages.map(({ from, to, mode, window }) => `${from}..${to} ${mode} ${window}`)).toEqual([
      '2026-11-24..2026-11-25 live day',
      '2026-11-23..2026-11-24 live day',
      '2026-11-20..2026-11-23 backfill run',
      '2026-10-20..2026-11-20 backfill run',
    ]);
  });

  it('asks nothing twice for the same due time, and what came due since', async () => {
    const { platform, queued } = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23')) });
    await plan(platform, planning);
    for (const { body } of [...queued]) await collect(platform, body as CollectMessage, given());
    expect((await plan(platform, planning)).messages).toEqual([]);
    await platform.clock.sleep(24 * 3_600_000);
    const again = await plan(platform, planning);
    expect(again.messages.map(({ from }) => from)).toEqual(['2026-11-24', '2026-11-23', '2026-11-19']);
  });

  it('asks nothing of a connection that a source does not want', async () => {
    const { platform } = testPlatform();
    const wanted = ({ settings }: Connection): boolean => settings.plan === 'enterprise';
    expect((await plan(platform, { ...planning, sources: [{ ...source, wanted }] })).messages).toEqual([]);
    const enterprise = { ...acmeConnection, settings: { plan: 'enterprise' } };
    const { messages } = await plan(platform, {
      ...planning,
      sources: [{ ...source, wanted }],
      connections: [acmeConnection, enterprise],
    });
    expect(messages).toHaveLength(4);
  });

  it('asks again for what failed', async () => {
    const { platform, queued } = testPlatform({ fetch: async () => new Response('{}', { status: 401 }) });
    await plan(platform, planning);
    const first = queued[0]?.body as CollectMessage;
    await expect(collect(platform, first, given())).rejects.toThrow('401');
    expect((await plan(platform, planning)).messages).toHaveLength(4);
  });
});
