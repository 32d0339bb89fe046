import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../local/queries.ts';
import { queriesOf } from '../../shared/queries.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { lint } from './lint.ts';

const tables = TABLES.map(({ name }) => name);
const queries = loadQueries();

/** What the lint says of one query that stands beside the real ones. */
function said(sql: string, path = 'marts/tried.sql', grain = '-- One row per day.\n'): string[] {
  const all = queriesOf(
    new Map([
      ...[...queries.values()].map(({ layer, name, sql: text }) => [`${layer}/${name}.sql`, text] as const),
      [path, `${grain}${sql}`],
    ]),
    [],
  );
  const tried = all.get('tried');
  return tried === undefined ? ['not there'] : lint(tried, all, tables);
}

describe('every query', () => {
  it.each([...queries.keys()])('%s keeps to what both engines read alike', (name) => {
    const query = queries.get(name);
    expect(query === undefined ? ['not there'] : lint(query, queries, tables)).toEqual([]);
  });
});

describe('the lint', () => {
  it('has nothing to say of a plain query', () => {
    expect(
      said('select day, cast(sum(billed_cost) as decimal(28,10)) as billed_cost from charges group by day'),
    ).toEqual([]);
  });

  it.each([
    ['select day::varchar as day from charges', 'write cast'],
    ['select day from charges qualify row_number() over (order by day) = 1', 'QUALIFY'],
    ["select day from charges where model ilike 'a'", 'ILIKE'],
    ['select day, count(*) as n from charges group by all', 'GROUP BY ALL'],
    ['select * exclude (day) from charges', 'EXCLUDE'],
    ["select decimal '1.5' as x from charges", 'its type differs'],
    ['with recursive a as (select day from charges) select day from a', 'RECURSIVE'],
    ['select day from charges natural join meters', 'NATURAL JOIN'],
    ['select lag(day) ignore nulls over (order by day) as x from charges', 'IGNORE NULLS'],
    ['select day from charges limit 3', 'LIMIT'],
    ["select due_at at time zone 'UTC' as x from collection_status", 'UTC'],
    ['select day from charges where (day is null) is true', 'IS TRUE'],
    ['select cast(day as text) as x from charges', 'one engine only'],
    ['select current_date as x from charges', 'no clock'],
    ['select day from charges;', 'semicolon'],
    ['select day, from charges', 'trailing comma'],
    ['select "day" from charges', 'without quotes'],
    ['select list_sum(x) as y from charges', 'list_sum is not on the list'],
    ["select regexp_matches(model, 'a') as y from charges", 'regexp_matches is not on the list'],
    ['select billed_cost / 2 as half from charges', 'divide only as'],
    ['select billed_cost / nullif(list_cost, 0) as part from charges', 'divide only as'],
    [`select coalesce(${Array.from({ length: 128 }, () => 'model').join(', ')}) as x from charges`, '127 arguments'],
    [`select array[${Array.from({ length: 255 }, () => '1').join(', ')}] as x from charges`, 'more than 254'],
    [`select '${'é'.repeat(131_100)}' as x from charges`, '262144 bytes'],
    ['select says from totals_tie_out', 'marts may not read checks'],
    ['select day from costs', 'nothing below the materialised tables'],
    ['select day from nowhere_at_all', 'which is nowhere'],
  ])('speaks of %.80s', (sql, says) => {
    expect(said(sql)).toContainEqual(expect.stringContaining(says));
  });

  it('wants the grain in the first line, and of a check its claim', () => {
    expect(said('select day from charges', 'marts/tried.sql', '')).toContainEqual(
      expect.stringContaining('first line must be'),
    );
    expect(said('select day as says from charges', 'checks/tried.sql')).toContainEqual(
      expect.stringContaining("'No row: '"),
    );
  });
});
