import { beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { codec } from '../../../functions/lib/codec.ts';
import { bytesIn } from '../../../shared/bytes.ts';
import { pushReference } from '../../../shared/reference/push.ts';
import { supplyReference } from '../../../shared/reference/supply.ts';
import { prefixOf, type Table } from '../../../shared/table.ts';
import { people, prices } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';

const OWN =
  'provider,model,meter,service_tier,speed,region,context_window,unit_price,valid_from,valid_to,note\nacme,acme-1,input_tokens,,,,,0.000002,,,\n';
const FILES = {
  'people.csv':
    'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\nana@example.com,Ana,,,search,,,,\n',
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\nsearch,Search,,CC,,,\n',
  'prices.csv': OWN,
};
const FACT = 'facts/costs/billing_period=2025-03/a.main.2025-03-04.parquet';

let at: ReturnType<typeof testPlatform>;
beforeEach(async () => {
  at = testPlatform();
  await at.platform.objects.put(FACT, new Uint8Array(1), { when: 'any' });
});

const keyOf = (table: Table) => `${prefixOf(table)}data.parquet`;
async function rowsIn(table: Table) {
  const stored = await at.platform.objects.get(keyOf(table));
  return stored === null ? [] : codec.readParquet(table, stored.body);
}
const row = z.looseObject({ provider: z.string(), model: z.string() });
const models = async () =>
  (await rowsIn(prices)).map((one) => row.parse(one)).map(({ provider, model }) => `${provider} ${model}`);

/** What an older version of Outlay left: its prices knew one vendor alone. */
async function older(): Promise<void> {
  const kept = (await rowsIn(prices)).filter((one) => row.parse(one).provider !== 'openai');
  await at.platform.objects.put(keyOf(prices), await bytesIn(codec.writeParquet(prices, kept)), { when: 'any' });
}

it('gives a new lake prices, meters and a calendar, and nobody in no team', async () => {
  expect(await supplyReference(at.platform, 90)).toEqual(expect.arrayContaining(['prices', 'meters', 'calendar']));
  expect(await models()).toEqual(expect.arrayContaining(['anthropic claude-opus-4-5', 'openai gpt-5']));
  expect(await rowsIn(people)).toEqual([]);
});

it('renews the prices of an older version, keeps what a company pushed, and lets every month be made anew', async () => {
  await pushReference(at.platform, FILES, { from: '2025-03-01', to: '2029-11-30' });
  const [team, whole] = [await rowsIn(people), await models()];
  await older();
  expect(await models()).not.toEqual(whole);
  expect(await supplyReference(at.platform, 90)).toEqual(['prices']);
  expect(await models()).toEqual(whole);
  expect(whole).toContain('acme acme-1');
  expect(await rowsIn(people)).toEqual(team);
  expect(at.queued.map(({ queue, body }) => [queue, body])).toEqual([
    ['materialise', { mode: 'backfill', days: expect.arrayContaining(['2025-03-01', '2026-11-25']) }],
  ]);
});

it('changes nothing and makes nothing anew where the prices are those of this version', async () => {
  await pushReference(at.platform, FILES, { from: '2025-03-01', to: '2029-11-30' });
  expect(await supplyReference(at.platform, 90)).toEqual([]);
  expect(at.queued).toEqual([]);
});
