import { expect, test } from 'vitest';
import { isIn, keptOr, literal, named, select, sum } from '../../../local/report/select.ts';

test('writes a select and leaves out what is not asked', () => {
  expect(select({ columns: named('day'), from: 'daily_cost' })).toBe('select day\nfrom daily_cost');
});

test('groups by the expression behind a column and drops conditions that are null', () => {
  expect(
    select({
      columns: { id: 'team_id', total: sum('allocated_cost') },
      from: 'allocated_cost',
      where: [null, "model = 'x'"],
      group: ['id'],
      order: ['total desc'],
      limit: 3,
    }),
  ).toBe(
    "select team_id as id, cast(coalesce(sum(allocated_cost), 0) as decimal(28,10)) as total\nfrom allocated_cost\nwhere model = 'x'\ngroup by team_id\norder by total desc\nlimit 3",
  );
});

test('doubles the quotes of a text', () => {
  expect(literal("o'brien")).toBe("'o''brien'");
});

test('is true of nothing where there is nothing to be one of', () => {
  expect([isIn('week', []), isIn('team', ['a', "b'"])]).toEqual(['1 = 0', "team in ('a', 'b''')"]);
});

test('keeps null apart from what is not kept', () => {
  expect(keptOr('model', ['a'], 'other')).toBe("case when model is null or model in ('a') then model else 'other' end");
});
