import { describe, expect, it } from 'vitest';
import { withSteps } from '../../../local/platform/steps.ts';

const steps = [
  ['one', 'select 1 as n'],
  ['two', 'select n + 1 as n from one'],
] as const;
const before = 'with one as (\nselect 1 as n\n),\ntwo as (\nselect n + 1 as n from one\n)';

describe('a select with views as its steps', () => {
  it.each([
    ['stands behind them', 'select * from two', `${before}\nselect * from two`],
    [
      'goes on with its own',
      'with a as (select 1) select * from a, two',
      `${before},\na as (select 1) select * from a, two`,
    ],
    [
      'may begin with a comment',
      '-- one row\n  WITH a as (select 1) select * from a, two',
      `-- one row\n  ${before},\na as (select 1) select * from a, two`,
    ],
    [
      'hides a view of the same name from itself alone',
      'with one as (select 5 as n) select * from one, two',
      `${before}\nselect * from (\nwith one as (select 5 as n) select * from one, two\n)`,
    ],
    ['keeps a sign that a replacement would read', "select '$&' from two", `${before}\nselect '$&' from two`],
  ])('%s', (_what, select, expected) => {
    expect(withSteps(steps, select)).toBe(expected);
  });

  it('is as it was where it reads no view', () => {
    expect(withSteps([], 'select 1')).toBe('select 1');
  });
});
