import { describe, expect, it } from 'vitest';
import type { Oddity } from '../../../local/vendors/options.ts';
import { type Servers, startServers } from '../../../local/vendors/servers.ts';
import { MORNING, setting } from './asking.ts';

const clock = new SharedArrayBuffer(8);
new Float64Array(clock)[0] = MORNING;

const WEEK =
  'starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-25T00:00:00Z&time_bucket_width=1d&limit=1000&group_by[]=model';
const usage = async (servers: Servers, connection = 'anthropic.main') => {
  const headers = {
    'x-api-key': servers.secrets[connection] ?? '',
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'analytics-usage-cost-2026-08-24',
  };
  const response = await fetch(`${servers.urls[connection]}/v1/organizations/analytics/usage?${WEEK}`, { headers });
  return { status: response.status, body: await response.text() };
};

describe('oddities', () => {
  const ask = async (oddity: Oddity) => {
    const vendors = await startServers({ ...setting, faults: 'none', oddities: [oddity], clock });
    const start = Date.parse('2026-11-10T00:00:00Z') / 1000;
    const costs = await fetch(`${vendors.urls['openai.main']}/organization/costs?start_time=${start}&limit=14`, {
      headers: { authorization: `Bearer ${vendors.secrets['openai.main']}` },
    });
    const found = {
      main: await usage(vendors),
      research: await usage(vendors, 'anthropic.research'),
      costs: costs.status,
      lines: JSON.parse(await costs.text()),
    };
    await vendors.stop();
    return found;
  };
  interface Row {
    readonly starting_at: string;
    readonly group: { readonly model: string | null };
    readonly usage: { readonly total_tokens: number; readonly output_tokens?: number };
  }
  const rowsOf = ({ body }: { readonly body: string }): readonly Row[] => JSON.parse(body).data;
  const tokensOn = (rows: readonly Row[], day: string) =>
    rows.filter((row) => row.starting_at.startsWith(day)).reduce((sum, row) => sum + row.usage.total_tokens, 0);

  it('locked-key: one connection refuses its key, the others go on', async () => {
    const { main, research, costs } = await ask('locked-key');
    expect([main.status, research.status, costs]).toEqual([200, 401, 200]);
  });

  it('missing-right: the costs report is refused', async () => {
    const { main, costs, lines } = await ask('missing-right');
    expect([main.status, costs, lines.error.code]).toEqual([200, 403, 'missing_scope']);
  });

  it('silent-source: the last six days are empty', async () => {
    const { lines } = await ask('silent-source');
    const filled = lines.data.map((bucket: { results: unknown[] }) => bucket.results.length > 0);
    expect(filled).toEqual([true, true, true, true, true, true, true, true, true, false, false, false, false, false]);
  });

  it('shrunken-day: the day before the last holds about a fifth', async () => {
    const whole = rowsOf((await ask('missing-right')).main);
    const shrunken = rowsOf((await ask('shrunken-day')).main);
    const share = tokensOn(shrunken, '2026-11-23') / tokensOn(whole, '2026-11-23');
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.45);
    expect(tokensOn(shrunken, '2026-11-20')).toBe(tokensOn(whole, '2026-11-20'));
  });

  it('unknown-model-everywhere: the main model goes by a name without a price', async () => {
    const models = new Set(rowsOf((await ask('unknown-model-everywhere')).main).map(({ group }) => group.model));
    expect(models).toContain('claude-sonnet-next');
    expect([...models].filter((model) => model?.startsWith('claude-sonnet-5'))).toEqual([]);
  });

  it('stuck-refresh: data ends three days before the last', async () => {
    const { main } = await ask('stuck-refresh');
    expect(JSON.parse(main.body).data_refreshed_at).toBe('2026-11-21T20:00:00Z');
    expect(tokensOn(rowsOf(main), '2026-11-22')).toBe(0);
  });

  it('changed-shape: one organisation leaves out output tokens', async () => {
    const { main, research } = await ask('changed-shape');
    expect(rowsOf(research).filter((row) => row.usage.output_tokens !== undefined)).toEqual([]);
    expect(rowsOf(main).filter((row) => row.usage.output_tokens === undefined)).toEqual([]);
  });
});
