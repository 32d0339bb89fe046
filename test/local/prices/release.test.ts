import { expect, it } from 'vitest';
import { names, type Rule } from '../../../local/prices/release.ts';

const dated: Rule = {
  type: 'ClauseOr',
  or_: [
    { type: 'ClauseEquals', equals: 'm-5' },
    { type: 'ClauseRegex', regex: '^m-5-\\d{8}$' },
  ],
};

it.each<[Rule, string, boolean]>([
  [dated, 'm-5', true],
  [dated, 'm-5-20261001', true],
  [dated, 'm-5-5', false],
  [dated, 'm-50', false],
  [{ type: 'ClauseStartsWith', starts_with: 'M-4' }, 'm-4-mini', true],
  [{ type: 'ClauseEndsWith', ends_with: '-mini' }, 'm-4-mini', true],
  [{ type: 'ClauseContains', contains: 'moderation' }, 'omni-moderation-latest', true],
  [
    {
      type: 'ClauseAnd',
      and_: [
        { type: 'ClauseStartsWith', starts_with: 'm' },
        { type: 'ClauseEndsWith', ends_with: 'x' },
      ],
    },
    'm-y',
    false,
  ],
])('%j names %s: %s', (rule, id, expected) => {
  expect(names(rule, id)).toBe(expected);
});
