import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectMessages, collectors } from '../../../local/collecting.ts';
import { standingClock } from '../../../local/platform/clock.ts';
import { knownKeys } from '../../../local/platform/secrets.ts';
import { type Servers, startServers } from '../../../local/vendors/servers.ts';
import { inProbes, inRuns } from '../../../shared/plan/runs.ts';
import type { Platform } from '../../../shared/platform.ts';
import type { AnySource, CollectMessage, Connection } from '../../../shared/source.ts';
import { SOURCES, VENDORS } from '../../../shared/sources/index.ts';
import { addDays, DAY, type Day } from '../../../shared/time.ts';
import { testPlatform } from '../../platform/index.ts';
import { MORNING, setting } from './asking.ts';

const PROBING = ['anthropic_usage', 'anthropic_costs', 'openai_usage', 'openai_costs'];
const clock = standingClock(MORNING);
let vendors: Servers;
beforeAll(async () => {
  vendors = await startServers({ ...setting, developers: 8, faults: 'none', oddities: [], clock: clock.shared });
});
afterAll(() => vendors.stop());

const sources = PROBING.map((id) => SOURCES.find((source) => source.id === id) as AnySource);
const connectionOf = ({ vendor }: AnySource): Connection => {
  const id = `${vendor}.main`;
  return { id, vendor, baseUrl: vendors.urls[id] ?? '', secret: id, accountId: null, settings: {} };
};

/** A lake in memory that collects from the simulated vendors, and counts. */
function lake() {
  const world = testPlatform({ clock, secrets: knownKeys(vendors.secrets), fetch: globalThis.fetch });
  const run = async (messages: readonly CollectMessage[]) => {
    const parts = { connections: sources.map(connectionOf), timeoutMs: 5000, onProgress: () => {} };
    const queue = collectors({ ...parts, sources, vendors: VENDORS }, (): Platform => platform);
    const platform: Platform = { ...world.platform, queue };
    const { days, failures, progress } = await collectMessages(platform, queue, messages);
    return { days, failures, requests: progress.reduce((sum, { requests }) => sum + requests, 0) };
  };
  return { run, bucket: world.bucket };
}

/** Days that are due for every source at an hour of November. */
const dueAt = (days: readonly Day[], due: string) => new Map(days.map((day) => [day, due]));
const daysFrom = (first: Day, count: number): Day[] => Array.from({ length: count }, (_, i) => addDays(first, i));
const fetched = (days: readonly Day[], due: string) =>
  sources.flatMap((source) => inRuns(source, connectionOf(source).id, dueAt(days, due), 0, () => false));
const probed = (days: readonly Day[], due: string) =>
  sources.flatMap((source) => inProbes(source, connectionOf(source).id, dueAt(days, due)));

describe('the probes of the vendors', { timeout: 120_000 }, () => {
  it('settle thirty days of two vendors with usage and costs in forty requests at the most, when nothing moved', async () => {
    const days = daysFrom('2026-09-26', 30);
    const { run, bucket } = lake();
    await run(probed(days, '2026-11-24T06:00:00.000Z'));
    const before = [...bucket].map(([key, { etag }]) => `${key} ${etag}`);
    const { days: settled, failures, requests } = await run(probed(days, '2026-11-25T05:00:00.000Z'));
    expect(failures).toEqual([]);
    expect(settled.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 120 }, () => 'unchanged'));
    expect([...bucket].map(([key, { etag }]) => `${key} ${etag}`)).toEqual(before);
    // One each of Anthropic's usage and costs and OpenAI's costs, and eleven endpoints of OpenAI's usage; none for a page more.
    expect(requests).toBe(14);
  });

  it('see every day that a full answer would change', async () => {
    const days = daysFrom('2026-11-13', 8);
    const { run, bucket } = lake();
    await run(probed(days, '2026-11-24T06:00:00.000Z'));
    await clock.sleep(4 * DAY);
    const { days: told } = await run(probed(days, '2026-11-28T05:00:00.000Z'));
    const settled = told.filter(({ outcome, rows }) => outcome === 'unchanged' && rows > 0);
    const kept = new Map([...bucket].map(([key, { etag }]) => [key, etag]));
    const { days: all } = await run(fetched(days, '2026-11-28T06:00:00.000Z'));
    expect(all.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
    expect(new Map([...bucket].map(([key, { etag }]) => [key, etag]))).toEqual(new Map([...kept, ...rawOf(bucket)]));
    expect(settled.length).toBeGreaterThan(0);
    expect(told.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(0);
  });
});

const rawOf = (bucket: ReadonlyMap<string, { readonly etag: string }>): [string, string][] =>
  [...bucket].filter(([key]) => key.startsWith('raw/')).map(([key, { etag }]) => [key, etag]);
