import { describe, expect, it } from 'vitest';
import { deliveryOf, filesOf } from '../../../shared/cloud-bill/delivery.ts';
import { prefixesOf } from '../../../shared/cloud-bill/settings.ts';

const first = { key: 'b/data/x-1.parquet', etag: 'a', at: 10 };
const second = { key: 'b/data/x-2.parquet', etag: 'b', at: 11 };
const manifest = { key: 'b/metadata/x-Manifest.json', etag: 'm', at: 12, files: [first.key, second.key] };

describe('a month of a bill', () => {
  it.each([
    ['nothing', [], null, 'none'],
    ['a manifest alone', [], manifest, 'half'],
    ['files without a manifest', [first, second], null, 'half'],
    ['every file, and the manifest after them', [first, second], manifest, 'whole'],
    ['a file less than the manifest lists', [first], manifest, 'half'],
    ['a file that no manifest lists', [first, second], { ...manifest, files: [first.key] }, 'half'],
    ['a file replaced after the manifest', [first, { ...second, at: 13 }], manifest, 'half'],
    ['a manifest that lists nothing known', [first, second], { ...manifest, files: null }, 'whole'],
  ] as const)('with %s is as far as that', (_what, files, told, state) => {
    expect(deliveryOf(files, told).state).toBe(state);
  });

  it('has another fingerprint when a file has been replaced', () => {
    const { fingerprint } = deliveryOf([first, second], manifest);
    expect(deliveryOf([second, first], manifest).fingerprint).toBe(fingerprint);
    expect(deliveryOf([first, { ...second, etag: 'c' }], manifest).fingerprint).not.toBe(fingerprint);
  });
});

it.each([
  [{ dataFiles: ['s3://bucket/b/data/x-1.parquet'] }, ['b/data/x-1.parquet']],
  [{ reportKeys: ['b/r/r/year=2026/month=8/r-1.snappy.parquet'] }, ['b/r/r/year=2026/month=8/r-1.snappy.parquet']],
  [{ files: [] }, null],
  [null, null],
])('reads the files of the manifest %j', (told, files) => {
  expect(filesOf(told)).toEqual(files);
});

it.each([
  ['cur2', 'billing', 'billing/costs/data/BILLING_PERIOD=2026-08/', 'billing/costs/metadata/BILLING_PERIOD=2026-08/'],
  ['focus_1_2', '', 'costs/data/BILLING_PERIOD=2026-08/', 'costs/metadata/BILLING_PERIOD=2026-08/'],
  ['legacy', 'billing', 'billing/costs/costs/year=2026/month=8/', 'billing/costs/20260801-20260901/'],
] as const)('finds a month of the form %s below the prefix "%s"', (form, prefix, data, told) => {
  expect(prefixesOf({ form, prefix, name: 'costs' }, '2026-08')).toEqual({ data, manifest: told });
});
