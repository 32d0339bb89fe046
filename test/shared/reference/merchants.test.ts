import { expect, it } from 'vitest';
import { providerOf } from '../../../shared/reference/merchants.ts';

it.each([
  ['OPENAI *CHATGPT SUBSCR', 'openai'],
  ['  openai  ', 'openai'],
  ['Cursor, AI Powered IDE', 'cursor'],
  ['CURSOR', 'cursor'],
  ['GITHUB COPILOT SAN FRANCISCO', 'copilot'],
  ['OPENROUTER.AI', 'openrouter'],
  ['ANTHROPIC* CLAUDE TEAM', 'anthropic'],
  ['OPENAIR FESTIVAL', null],
  ['OPENAI-FREE CATERING', null],
  ['Cursor Printing Ltd', null],
  ['Devin Marsh Photography', null],
  ['GITHUB, INC.', null],
  ['constructor', null],
  ['', null],
])('reads %o as %o', (merchant, provider) => {
  expect(providerOf(merchant)).toBe(provider);
});
