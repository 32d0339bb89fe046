import { expect, test } from 'vitest';
import { AddressError, readAddress, writeAddress } from '../../../local/report/address.ts';

const lake = {
  first: '2026-07-28',
  end: '2026-11-24',
  currency: 'USD',
  others: [],
  teams: ['data', 'search'],
  vendors: ['anthropic', 'openai'],
  models: [
    { model: 'claude-opus-5-5', provider: 'anthropic' },
    { model: 'gpt-6.1-sol', provider: 'openai' },
  ],
};
const read = (address: string) => readAddress(new URLSearchParams(address), lake);

test('takes whatever is left out, or empty, as the default', () => {
  expect(read('team=&vendor=')).toMatchObject({
    period: { id: '2026-11' },
    team: null,
    vendor: null,
    model: null,
    by: 'vendor',
  });
});

test('writes in a fixed order and leaves defaults out', () => {
  expect(writeAddress(read('by=model&team=search&period=2026-10'), lake)).toBe('?period=2026-10&team=search&by=model');
  expect(writeAddress(read('period=2026-11&by=vendor'), lake)).toBe('');
  expect(writeAddress(read('team=search'), lake, { team: null })).toBe('');
});

test('drops a model of another vendor than the one chosen', () => {
  expect(read('vendor=openai&model=claude-opus-5-5').model).toBe(null);
  expect(read('vendor=anthropic&model=claude-opus-5-5').model).toBe('claude-opus-5-5');
});

test.each([
  ['team=nobody', 'There is no team “nobody” here. Valid: data, search.'],
  ['vendor=acme', 'There is no vendor “acme” here. Valid: anthropic, openai.'],
  ['model=gpt', 'There is no model “gpt” here. Valid: claude-opus-5-5, gpt-6.1-sol.'],
  ['by=colour', 'There is no split “colour” here. Valid: vendor, model, basis.'],
  ['taem=search', 'There is no filter “taem”. Valid: period, team, vendor, model, by.'],
  ['team=data&team=search', 'The filter “team” stands twice in the address; keep one.'],
  [
    'period=2020-01',
    'There is no period “2020-01” here. Valid: 2026-11, 2026-10, 2026-09, 2026-08, 2026-07, 30d, 90d, or days such as 2026-07-28..2026-11-24.',
  ],
])('refuses %s with what is valid', (address, says) => {
  expect(() => read(address)).toThrow(new AddressError(says));
});
