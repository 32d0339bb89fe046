import { expect, test } from 'vitest';
import { lookOf, plain, tinted } from '../../../local/terminal/look.ts';

const write = () => true;

test.each([
  ['a terminal', true, { LANG: 'en_US.UTF-8' }, { live: true, color: true, blocks: true }],
  ['a terminal that wants no colour', true, { NO_COLOR: '1' }, { live: true, color: false, blocks: true }],
  ['a terminal without UTF-8', true, { LANG: 'C' }, { live: true, color: true, blocks: false }],
  ['a dumb terminal', true, { TERM: 'dumb' }, { live: false, color: false, blocks: true }],
  ['a file', false, {}, { live: false, color: false, blocks: true }],
])('knows %s', (_, isTTY, env, look) => {
  expect(lookOf({ isTTY, write }, env)).toEqual(look);
});

test('says the same without colour and without UTF-8', () => {
  expect(tinted({ live: false, color: false, blocks: true }, 'bad', 'over')).toBe('over');
  expect(plain({ live: false, color: false, blocks: false }, '≈ −5 – 7 · more…')).toBe('~ -5 - 7 | more...');
});
