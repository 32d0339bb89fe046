import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company, startVendors, type Vendors } from '../../../local/vendors/index.ts';
import { VENDORS } from '../../../shared/sources/index.ts';
import { MORNING, setting } from './asking.ts';

const clockAt = (time: number) => {
  const clock = new SharedArrayBuffer(8);
  new Float64Array(clock)[0] = time;
  return clock;
};
const anthropic = (vendors: Vendors, connection = 'anthropic.main') => ({
  'x-api-key': vendors.secrets[connection] ?? '',
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'analytics-usage-cost-2026-08-24',
});
const WEEK =
  'starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-25T00:00:00Z&time_bucket_width=1d&limit=1000&order_by=time&group_by[]=model';
const usage = async (vendors: Vendors, connection = 'anthropic.main') => {
  const url = `${vendors.urls[connection]}/v1/organizations/analytics/usage?${WEEK}`;
  const response = await fetch(url, { headers: anthropic(vendors, connection) });
  return { status: response.status, body: await response.text() };
};

describe('the vendors in their worker', () => {
  let vendors: Vendors;
  const clock = clockAt(MORNING);
  beforeAll(async () => {
    vendors = await startVendors({ ...setting, faults: 'none', oddities: [], clock });
  });
  afterAll(() => vendors.stop());

  it('serve each connection on loopback with a secret of its own', () => {
    const simulated = Object.keys(vendors.urls).map((id) => id.slice(0, id.indexOf('.')));
    // A vendor that is missing here needs an entry in local/vendors/servers.ts.
    expect([...new Set(simulated)].sort()).toEqual(VENDORS.map(({ id }) => id).sort());
    expect(new Set(Object.values(vendors.urls)).size).toBe(Object.keys(vendors.urls).length);
    expect(Object.keys(vendors.secrets).sort()).toEqual(Object.keys(vendors.urls).sort());
    expect(Object.values(vendors.urls).filter((url) => !url.startsWith('http://127.0.0.1:'))).toEqual([]);
    expect(vendors.urls['openai.main']).toMatch(/\/v1$/);
  });

  it('answer over HTTP as configured base URLs and paths say', async () => {
    const openai = await fetch(`${vendors.urls['openai.main']}/organization/projects`, {
      headers: { authorization: `Bearer ${vendors.secrets['openai.main']}` },
    });
    const github = await fetch(`${vendors.urls['github.main']}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vendors.secrets['github.main']}` },
      body: JSON.stringify({ query: '{ organization(login: "halden-systems") { name } }' }),
    });
    expect([openai.status, (await usage(vendors)).status, (await usage(vendors, 'anthropic.research')).status]).toEqual(
      [200, 200, 200],
    );
    expect(await github.json()).toEqual({ data: { organization: { name: 'Halden Systems' } } });
  });

  it('follow the clock that the laptop moves', async () => {
    const early = await usage(vendors);
    new Float64Array(clock)[0] = Date.parse('2026-11-25T12:00:00Z');
    const late = await usage(vendors);
    new Float64Array(clock)[0] = MORNING;
    expect([JSON.parse(early.body), JSON.parse(late.body)].map((body) => body.data_refreshed_at)).toEqual([
      '2026-11-24T20:00:00Z',
      '2026-11-25T08:00:00Z',
    ]);
  });

  it('give the same bytes in another run of the same seed, and others for another seed', async () => {
    const twin = await startVendors({ ...setting, faults: 'none', oddities: [], clock: clockAt(MORNING + 3_600_000) });
    const stranger = await startVendors({ ...setting, seed: 8, faults: 'none', oddities: [], clock: clockAt(MORNING) });
    const [own, same, other] = [await usage(vendors), await usage(twin), await usage(stranger)];
    await Promise.all([twin.stop(), stranger.stop()]);
    expect(same).toEqual(own);
    expect(other.status).toBe(200);
    expect(other.body).not.toBe(own.body);
  });

  it('keep a log of what was asked', async () => {
    await usage(vendors);
    expect((await vendors.log()).at(-1)).toEqual({
      connection: 'anthropic.main',
      path: '/v1/organizations/analytics/usage',
      status: 200,
      fault: null,
    });
  });

  it('break answers off on the wire, and give whole ones in the end', async () => {
    const faulty = await startVendors({ ...setting, faults: 'many', oddities: [], clock: clockAt(MORNING) });
    const directory = (limit: number) =>
      fetch(`${faulty.urls['anthropic.main']}/v1/organizations/users?limit=${limit}`, { headers: anthropic(faulty) })
        .then((response) => response.json())
        .then(
          () => 'read',
          () => 'broken',
        );
    const outcomes = await Promise.all(Array.from({ length: 120 }, (_, index) => directory(index + 1)));
    const log = await faulty.log();
    await faulty.stop();
    expect(new Set(outcomes)).toEqual(new Set(['read', 'broken']));
    expect(new Set(log.map(({ fault }) => fault))).toContain('cut');
    expect(new Set(log.map(({ fault }) => fault))).toContain('silence');
  });
});

describe('the company without its servers', () => {
  it('has a name, an organisation on GitHub, incidents and reference files', () => {
    const { name, githubOrganisation, incidents, reference } = company(setting);
    expect([name, githubOrganisation]).toEqual(['Halden Systems', 'halden-systems']);
    expect(incidents.map(({ kind }) => kind)).toEqual(['runaway_session', 'default_model_change', 'key_burst']);
    expect(Object.keys(reference()).sort()).toEqual([
      'budgets.csv',
      'contracts.csv',
      'expenses.csv',
      'people.csv',
      'planned_events.csv',
      'rules.csv',
      'teams.csv',
    ]);
  });
});
