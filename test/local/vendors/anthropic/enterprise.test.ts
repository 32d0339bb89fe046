import { expect, it } from 'vitest';
import { chargesOf } from '../../../../local/vendors/anthropic/billing.ts';
import { refreshOf, usageOfDays } from '../../../../local/vendors/anthropic/truth.ts';
import { dayNumber } from '../../../../local/vendors/calendar.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { sum } from '../../../../shared/money.ts';
import type { AnySource } from '../../../../shared/source.ts';
import { anthropicEnterpriseCosts } from '../../../../shared/sources/anthropic/enterprise-costs.ts';
import { anthropicEnterpriseUsage } from '../../../../shared/sources/anthropic/enterprise-usage.ts';
import { asking, connectionTo, converse } from '../../../shared/sources/recorded.ts';
import { get, MORNING, setting } from '../asking.ts';
import { fresh, main, signedIn } from './asking.ts';

const answers = fresh();
const where = asking(
  { ...connectionTo('anthropic', 'https://anthropic.test'), settings: { reports: 'enterprise' } },
  '2026-11-02',
  '2026-11-05',
);
const heard = (source: unknown, limit = '1000') =>
  converse(
    source as AnySource,
    where,
    ({ url }) =>
      answers(get(url.replace('https://anthropic.test', '').replace('limit=1000', `limit=${limit}`), signedIn)).body,
  );

const world = makeWorld(setting);
/** What happened on those days, as far as it is told. */
const truth = ['2026-11-02', '2026-11-03', '2026-11-04'].flatMap((day) => [
  ...usageOfDays(world, main)(dayNumber(day), refreshOf(world, main, MORNING)),
]);
const people = truth.filter(({ actor }) => actor.kind === 'user');

it('tells what people used, page after page, to the last token', () => {
  const { asks, rows } = heard(anthropicEnterpriseUsage, '40');
  const of = (meter: string) =>
    sum(
      rows.filter((row) => row.meter === meter).map(({ quantity }) => String(quantity)),
      0,
    );
  expect(asks.length).toBeGreaterThan(2);
  expect([of('input_tokens'), of('cache_read_tokens'), of('output_tokens'), of('requests')].map(Number)).toEqual([
    people.reduce((all, { uncached }) => all + uncached, 0),
    people.reduce((all, { cacheRead }) => all + cacheRead, 0),
    people.reduce((all, { output }) => all + output, 0),
    people.reduce((all, { requests }) => all + requests, 0),
  ]);
});

it('bills people by name and the rest as nobody, together what all of it costs at the discount', () => {
  const { rows } = heard(anthropicEnterpriseCosts, '40');
  const billed = (some: typeof rows) => Number(sum(some.map(({ billed_cost }) => String(billed_cost))));
  const price = (of: typeof truth) =>
    (Number(of.flatMap(chargesOf).reduce((all, { list }) => all + list, 0n)) / 1e18) * Number(main.paysPercent);
  const named = rows.filter(({ principal_id }) => principal_id !== null);
  expect(billed(named)).toBeCloseTo(price(people), 4);
  expect(billed(rows)).toBeCloseTo(price(truth), 4);
  expect(rows.length).toBeGreaterThan(named.length);
});
