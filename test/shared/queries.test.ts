import { describe, expect, it } from 'vitest';
import { below, queriesOf, readsOf } from '../../shared/queries.ts';

const files = (given: Record<string, string>) => new Map(Object.entries(given));

describe('queries', () => {
  it('say what they read: neither their own steps, nor words in comments and quotes', () => {
    expect(
      readsOf(`-- from nowhere
with a as (select x from charges where y is distinct from z),

b as (select year(day) as y from a)

select 'from there -- join here' as says, t.x from b left join teams as t on t.x = b.x cross join unnest(array[1]) as u(v)`),
    ).toEqual(['charges', 'teams']);
  });

  it('stand after what they read, lower layers first', () => {
    const queries = queriesOf(
      files({
        'queries/marts/a.sql': '-- One row.\nselect x from b',
        'queries/marts/b.sql': '-- One row.\nselect x from c',
        'queries/core/c.sql': '-- One row a day.\nselect x from usage',
      }),
      ['c'],
    );
    expect(
      [...queries.values()].map(({ name, layer, grain, materialised, reads }) => ({
        name,
        layer,
        grain,
        materialised,
        reads,
      })),
    ).toEqual([
      { name: 'c', layer: 'core', grain: 'One row a day.', materialised: true, reads: ['usage'] },
      { name: 'b', layer: 'marts', grain: 'One row.', materialised: false, reads: ['c'] },
      { name: 'a', layer: 'marts', grain: 'One row.', materialised: false, reads: ['b'] },
    ]);
    expect([...below(queries, 'b')]).toEqual(['b', 'c', 'usage']);
  });

  it.each([
    ['a file outside the layers', { 'queries/other/a.sql': 'select 1' }, 'is no query'],
    ['a name that is not snake_case', { 'queries/core/A-b.sql': 'select 1' }, 'is no query'],
    ['two of one name', { 'core/a.sql': 'select 1', 'marts/a.sql': 'select 1' }, 'stands in core already'],
    ['a circle', { 'core/a.sql': 'select x from b', 'core/b.sql': 'select x from a' }, 'a reads b reads a'],
  ])('refuse %s', (_what, given, says) => {
    expect(() => queriesOf(files(given), [])).toThrow(says);
  });
});
