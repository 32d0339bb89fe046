import { expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { differences } from './difference.ts';

const answer = (types: readonly string[], ...rows: readonly (string | null)[][]): Answer => ({
  columns: types.map((type, at) => ({ name: ['day', 'model', 'cost', 'tokens'][at] ?? '', type })),
  rows,
});
const duck = (...rows: (string | null)[][]) => answer(['DATE', 'VARCHAR', 'DECIMAL(28,10)', 'BIGINT'], ...rows);
const trino = (...rows: (string | null)[][]) => answer(['date', 'varchar(5)', 'decimal(28, 10)', 'bigint'], ...rows);

const row = ['2026-10-01', 'opus', '1.5000000000', '7'];

it('says nothing of the same rows in another order', () => {
  const other = ['2026-10-02', null, '0.0000000000', '0'];
  expect(differences('mart', duck(row, other, row), trino(other, row, row))).toEqual([]);
});

it('names the query, the column and both values of a cell', () => {
  const nearly = ['2026-10-01', 'opus', '1.5000000001', '7'];
  expect(differences('mart', duck(row), trino(nearly))).toEqual([
    'mart.cost: DuckDB has 1.5000000000, Trino 1.5000000001, in the row day=2026-10-01 model=opus cost=1.5000000000 tokens=7',
  ]);
});

it('tells null from an empty text', () => {
  expect(differences('mart', duck(['2026-10-01', null, '1', '7']), trino(['2026-10-01', '', '1', '7']))).toEqual([
    'mart.model: DuckDB has null, Trino , in the row day=2026-10-01 model=null cost=1 tokens=7',
  ]);
});

it('tells a row that one engine has once more than the other', () => {
  expect([differences('mart', duck(row, row), trino(row)), differences('mart', duck(row), trino(row, row))]).toEqual([
    ['mart: only DuckDB has day=2026-10-01 model=opus cost=1.5000000000 tokens=7'],
    ['mart: only Trino has day=2026-10-01 model=opus cost=1.5000000000 tokens=7'],
  ]);
});

it.each([
  ['DECIMAL(38,10)', 'decimal(28, 10)'],
  ['HUGEINT', 'bigint'],
  ['DOUBLE', 'double'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp(3)'],
  ['DATE', 'timestamp(3)'],
])('does not take %s for %s', (ours, theirs) => {
  expect(differences('mart', answer([ours]), answer([theirs]))).toEqual([
    `mart.day: DuckDB has the type ${ours}, Trino ${theirs}`,
  ]);
});

it('tells columns of other names or order', () => {
  const renamed = { columns: [{ name: 'tag', type: 'date' }], rows: [] };
  expect(differences('mart', answer(['DATE']), renamed)).toEqual(['mart: DuckDB has the columns day, Trino tag']);
});
