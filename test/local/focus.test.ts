import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main, pushBills } from '../../local/focus.ts';
import type { Warehouse } from '../../shared/platform.ts';
import { testPlatform } from '../platform/index.ts';
import { csvOf, ROW } from '../shared/focus/files.ts';

/** A deployed lake in memory, whose catalogue knows November alone. */
function deployed() {
  const { platform, bucket, queued } = testPlatform();
  const pointed: [string, [string, string][]][] = [];
  const warehouse: Pick<Warehouse, 'partitions' | 'point'> = {
    partitions: async () => new Map([['2026-11', 'facts/costs/billing_period=2026-11/']]),
    point: async (table, partitions) => void pointed.push([table, [...partitions]]),
  };
  const told: string[] = [];
  const puts: string[] = [];
  const { objects } = platform;
  const lake = {
    ...platform,
    warehouse: { ...platform.warehouse, ...warehouse },
    objects: {
      ...objects,
      put: (...[key, body, options]: Parameters<typeof objects.put>) => {
        puts.push(key);
        return objects.put(key, body, options);
      },
    },
  };
  const push = (...files: string[]) => pushBills(lake, files, false, (says) => told.push(says));
  return { bucket, queued, pointed, told, puts, push };
}
const march = {
  ...{ BillingPeriodStart: '2024-03-01T00:00:00Z', BillingPeriodEnd: '2024-04-01T00:00:00Z' },
  ...{ ChargePeriodStart: '2024-03-05T00:00:00Z', ChargePeriodEnd: '2024-03-06T00:00:00Z' },
};

it('puts the lines of a bill into a deployed lake, makes old months known, and has them made anew', async () => {
  const { bucket, queued, pointed, told, push } = deployed();
  await push(await csvOf([ROW, { ...ROW, ...march }]));
  expect([...bucket.keys()].toSorted()).toEqual([
    'facts/costs/billing_period=2024-03/focus_import.azure-acct-7-359bcf1c.2024-03-05.parquet',
    'facts/costs/billing_period=2026-11/focus_import.azure-acct-7-359bcf1c.2026-11-24.parquet',
  ]);
  expect(pointed).toEqual([['costs', [['2024-03', 'facts/costs/billing_period=2024-03/']]]]);
  expect(queued.map(({ queue, body }) => [queue, body])).toEqual([
    ['materialise', { days: ['2024-03-05', '2026-11-24'], mode: 'backfill' }],
  ]);
  expect(told).toEqual(['bill.csv: 2 rows of FOCUS 1.2 taken in as import.azure-acct-7-359bcf1c']);
});

it('changes no object when the same bill is pushed again', async () => {
  const { puts, push } = deployed();
  const key = 'facts/costs/billing_period=2026-11/focus_import.azure-acct-7-359bcf1c.2026-11-24.parquet';
  const bill = await csvOf([ROW]);
  await push(bill);
  await push(bill);
  expect(puts).toEqual([key]);
  await push(await csvOf([{ ...ROW, BilledCost: '4', EffectiveCost: '4' }]));
  expect(puts).toEqual([key, key]);
});

it('takes nothing of a bill that breaks the spec, says so as on a laptop, and has those before it made', async () => {
  const { bucket, queued, push } = deployed();
  const broken = await csvOf([ROW, { ...ROW, EffectiveCost: 'much' }]);
  await expect(push(await csvOf([ROW]), broken)).rejects.toThrow(
    `${broken} breaks FOCUS 1.2; nothing of it was taken in (--accept-nonconformant takes what is unambiguous).\n  row 2: EffectiveCost is no number`,
  );
  expect([bucket.size, queued.length]).toEqual([1, 1]);
});

it.each([
  [['check', 'bill.csv'], 'focus check: must be push.'],
  [['push'], 'focus push: name the file.'],
])('refuses %j in a sentence', async (args, says) => {
  await expect(main(args)).rejects.toThrow(says);
});

it('says when a file is not there', async () => {
  const { push } = deployed();
  await expect(push('nowhere.csv')).rejects.toThrow(
    'The FOCUS file nowhere.csv cannot be read: there is nothing of that name. Name one file each time, CSV (also .csv.gz) or Parquet.',
  );
  await expect(push(await mkdtemp(join(tmpdir(), 'outlay-focus-')))).rejects.toThrow('cannot be read: it is a folder.');
});
