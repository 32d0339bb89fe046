import { expect, it } from 'vitest';
import { bytesIn } from '../../../shared/bytes.ts';
import type { Platform } from '../../../shared/platform.ts';
import { pushReference } from '../../../shared/reference/push.ts';
import { renewReference } from '../../../shared/reference/renew.ts';
import type { AnyRow, Table } from '../../../shared/table.ts';
import { calendar, meters, prices, teams } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';

const files = {
  'people.csv': 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n',
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\nsearch,Search,,CC-1,,,\n',
  'prices.csv': `provider,model,meter,service_tier,speed,region,context_window,unit_price,valid_from,valid_to,note
openai,house-model,output_tokens,,,,,0.000001,,,agreed
`,
};
const range = { from: '2026-11-01', to: '2026-11-03' };
const later = { from: '2026-11-01', to: '2026-11-04' };

const keyOf = ({ name }: Table): string => `reference/${name}/data.parquet`;
async function rowsIn({ objects, codec }: Platform, table: Table): Promise<AnyRow[]> {
  const stored = await objects.get(keyOf(table));
  return stored === null ? [] : codec.readParquet(table, stored.body);
}
/** What an older Outlay left: its tables had only these rows. */
async function shippedBefore({ objects, codec }: Platform, table: Table, rows: readonly AnyRow[]): Promise<void> {
  await objects.put(keyOf(table), await bytesIn(codec.writeParquet(table, rows)), { when: 'any' });
}

it('renews prices and meters as they are shipped now, and leaves what was pushed, own prices too', async () => {
  const { platform } = testPlatform();
  await pushReference(platform, files, range);
  const [asPushed, metered] = [await rowsIn(platform, prices), await rowsIn(platform, meters)];
  const own = asPushed.filter(({ origin }) => origin === 'prices.csv');
  await shippedBefore(platform, prices, [...own, { ...own[0], model: 'withdrawn', origin: 'genai-prices' }]);
  await shippedBefore(platform, meters, metered.slice(0, 3));

  expect((await renewReference(platform, range)).changed).toEqual(['prices', 'meters']);
  expect(own).toMatchObject([{ model: 'house-model', unit_price: '0.00000100000000', note: 'agreed' }]);
  expect(await rowsIn(platform, prices)).toEqual(asPushed);
  expect(await rowsIn(platform, meters)).toEqual(metered);
  expect(await rowsIn(platform, teams)).toMatchObject([{ team_id: 'search' }]);
});

it('lets the calendar grow as a version of its own, and changes nothing the second time', async () => {
  const { platform, bucket } = testPlatform();
  await pushReference(platform, files, range);
  const renewed = await renewReference(platform, later);
  expect(renewed.changed).toEqual(['calendar']);
  expect((await rowsIn(platform, calendar)).map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
  const before = new Map(bucket);
  expect(await renewReference(platform, later)).toEqual({ version: renewed.version, changed: [] });
  expect(bucket).toEqual(before);
  expect((await pushReference(platform, files, later)).version).toBe(renewed.version);
});
