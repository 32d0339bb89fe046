import { expect, it } from 'vitest';
import { unjudged } from '../../local/judged.ts';
import { testPlatform } from '../platform/index.ts';

const MONTHS = ['2026-10', '2026-11'];

it('names a month until it has been seen as it is: a run that was stopped before it had looked loses nothing', async () => {
  const marts = new Map([
    ['2026-10', 'marts/x/billing_period=2026-10/a/1/'],
    ['2026-11', 'marts/x/billing_period=2026-11/a/1/'],
  ]);
  const { platform } = testPlatform();
  const warehouse = { ...platform.warehouse, partitions: async () => marts };
  const looked = () => unjudged({ state: platform.state, warehouse }, MONTHS);

  expect((await looked()).periods).toEqual(MONTHS);
  const { periods, seen } = await looked();
  expect(periods).toEqual(MONTHS);
  // Made anew while detectors looked at what stood before.
  marts.set('2026-11', 'marts/x/billing_period=2026-11/b/2/');
  await seen();
  const again = await looked();
  expect(again.periods).toEqual(['2026-11']);
  await again.seen();
  expect((await looked()).periods).toEqual([]);
});
