import { expect, test } from 'vitest';
import { periodIds, periodOf, workingDays } from '../../../local/report/period.ts';

const lake = {
  first: '2026-07-28',
  end: '2026-11-24',
  currency: 'USD',
  others: [],
  teams: [],
  vendors: [],
  models: [],
};

test('compares a month to date with the same days of the month before', () => {
  expect(periodOf('2026-11', lake)).toEqual({
    id: '2026-11',
    name: 'November to date',
    inside: 'in November so far',
    from: '2026-11-01',
    to: '2026-11-24',
    month: '2026-11',
    open: true,
    before: { from: '2026-10-01', to: '2026-10-24', name: '1–24 Oct' },
  });
});

test('compares a month that is over with the whole month before', () => {
  expect(periodOf('2026-10', lake)).toMatchObject({
    name: 'October 2026',
    open: false,
    before: { from: '2026-09-01', to: '2026-09-30', name: 'September' },
  });
});

test('compares a longer month to date with no more days than the month before has', () => {
  expect(periodOf('2026-10', { ...lake, end: '2026-10-31' })?.before).toEqual({
    from: '2026-09-01',
    to: '2026-09-30',
    name: 'September',
  });
});

test('compares with nothing where the lake begins later', () => {
  expect(periodOf('90d', lake)?.before).toBe(null);
  expect(periodOf('2026-08', lake)?.before).toBe(null);
});

test('takes days, and compares them with as many days before', () => {
  expect(periodOf('2026-10-10..2026-10-12', lake)).toMatchObject({
    name: '10–12 Oct',
    before: { from: '2026-10-07', to: '2026-10-09', name: 'the 3 days before' },
  });
});

test.each(['2026-12', '2026-10-12..2026-10-10', '2026-02-30..2026-03-01', '2025-01-01..2026-11-01', '7d', ''])(
  'knows no period %s',
  (id) => {
    expect(periodOf(id, lake)).toBe(null);
  },
);

test('offers the months of the lake, latest first', () => {
  expect(periodIds(lake)).toEqual(['2026-11', '2026-10', '2026-09', '2026-08', '2026-07', '30d', '90d']);
});

test('counts Monday to Friday', () => {
  expect(workingDays({ from: '2026-11-01', to: '2026-11-24' })).toBe(17);
});
