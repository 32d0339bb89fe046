import { describe, expect, it } from 'vitest';
import { inOrder, inTurn } from '../../../shared/collect/order.ts';
import type { AnyRow } from '../../../shared/table.ts';
import { defineTable, nullable, text, whole } from '../../../shared/table.ts';

const table = defineTable({
  name: 'things',
  grain: 'One row per thing.',
  area: 'facts',
  partitioned: false,
  version: 1,
  sort: ['model', 'who'],
  columns: { who: nullable(text('who')), count: whole('how many'), model: text('model') },
});

const row = (model: string, who: string | null, count = 1): AnyRow => ({ who, count, model });

/** So many rows that they are put in order part by part, those of the second model by person too. */
const many = Array.from({ length: 6060 }, (_, i) =>
  row(`m${Math.min(i % 4, 1)}`, i % 101 === 100 ? null : `p${(i * 7) % 101}`, i % 20),
);
const textOf = ({ model, who, count }: AnyRow): string => `${model} ${who ?? '~'} ${count}`;

describe('rows', () => {
  it('stand by the columns of the order, then by all others as text, what is unknown last', () => {
    const told = [row('b', 'x'), row('a', null), row('a', 'ab', 9), row('a', 'ab', 10), row('a', 'a')];
    expect(inOrder(table, told)).toEqual([
      row('a', 'a'),
      row('a', 'ab', 10),
      row('a', 'ab', 9),
      row('a', null),
      row('b', 'x'),
    ]);
  });

  it('stand the same however they came, few or many', () => {
    const expected = many.map(textOf).sort();
    expect(inOrder(table, many).map(textOf)).toEqual(expected);
    expect(inOrder(table, many.toReversed()).map(textOf)).toEqual(expected);
  });

  it('come in handfuls, put in order one after another', () => {
    const [first, ...others] = inTurn(table, many);
    expect(first?.map(({ model }) => model)).toEqual(Array.from({ length: 1515 }, () => 'm0'));
    expect(others).toHaveLength(101);
  });

  it('that are none are no handful', () => {
    expect([...inTurn(table, [])]).toEqual([]);
  });
});
