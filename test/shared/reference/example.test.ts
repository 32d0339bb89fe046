import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FILES } from '../../../shared/reference/files.ts';
import { checkReference } from '../../../shared/reference/push.ts';

const docs = join(import.meta.dirname, '../../../docs');
const example = join(docs, 'reference-example');
const texts = Object.fromEntries(
  readdirSync(example).map((file) => [file, readFileSync(join(example, file), 'utf8')] as const),
);

it('the example of the documentation is taken in whole', () => {
  expect(Object.entries(checkReference(texts)).map(([file, lines]) => [file, lines.length])).toEqual([
    ['people.csv', 4],
    ['teams.csv', 3],
    ['rules.csv', 2],
    ['budgets.csv', 2],
    ['contracts.csv', 8],
    ['expenses.csv', 5],
    ['fx.csv', 3],
    ['planned_events.csv', 2],
    ['prices.csv', 0],
  ]);
});

it('the example shows a contract of every kind', () => {
  const kinds = new Set(checkReference(texts)['contracts.csv'].map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([...FILES['contracts.csv'].shape.kind.options].sort());
});

it('the documentation names the columns of every file', () => {
  const table = /^\| `(\w+\.csv)` \| `([\w,]+)` \|$/gm;
  const told = [...readFileSync(join(docs, 'reference-files.md'), 'utf8').matchAll(table)].map(([, file, columns]) => [
    file,
    columns,
  ]);
  expect(told).toEqual(Object.entries(FILES).map(([file, { shape }]) => [file, Object.keys(shape).join(',')]));
});
