import { describe, expect, it } from 'vitest';
import { plainText } from '../../../shared/alerts/plain.ts';
import { dollars, NO_LABELS, wordsOf } from '../../../shared/alerts/words.ts';
import { aMessage, labels } from './a-message.ts';

it('says what, whose, how much, against what, why, what next, and how to say that it was expected', () => {
  expect(plainText(wordsOf(aMessage(), labels))).toBe(
    [
      'Spend spike · Dana Lindqvist · +$290.25',
      'Where    Dana Lindqvist, team Search & Ranking, anthropic, 24 Nov 2026',
      'Owner    Dana Lindqvist',
      'Cost     $310.25, usually $20.00',
      'Against  usual $20.00 (median of 20 active working days in four weeks), bound $70.00',
      'Cause    One session.',
      'Next     Look for a session that still runs and stop it.',
      'Planned? npm run incident -- expect inc-20261124-e7d789',
      'Or       ack in place of expect: somebody looks after it; snooze: not now',
      'inc-20261124-e7d789 · spend_spike · critical · open · usage complete to 24 Nov 2026 14:00 UTC',
    ].join('\n'),
  );
});

it('shows ids cut short where there are no labels, and nobody where nobody owns it', () => {
  const words = wordsOf(aMessage({ owner_id: null, provider: null, first_day: '2026-11-22' }), NO_LABELS);
  expect(words.title).toBe('Spend spike · person p_01234567 · +$290.25');
  expect(words.where).toBe('person p_01234567, team search, 22 Nov 2026 to 24 Nov 2026');
  expect(words.owner).toBe('nobody yet');
});

it('lists who makes it, and how many more there are', () => {
  const contributors = [
    { kind: 'person' as const, id: 'p_0123456789abcdef', excess_cost: '90.00', share: 0.9 },
    { kind: 'credential' as const, id: 'key_1', excess_cost: '10.00', share: 0.1 },
  ];
  const words = wordsOf(aMessage({ scope: { kind: 'team', id: 'search' }, contributors, further: 3 }), labels);
  expect(words.where).toBe('Search & Ranking, anthropic, 24 Nov 2026');
  expect(plainText(words)).toContain(
    'By whom  Dana Lindqvist +$90.00 (90 %); key ci-nightly +$10.00 (10 %) … and 3 more',
  );
});

it('says which day the list is of when there are several', () => {
  const one = { kind: 'person' as const, id: 'p_0123456789abcdef', excess_cost: '9.00', share: 0.5 };
  const words = wordsOf(aMessage({ first_day: '2026-11-22', contributors: [one, one] }), labels);
  expect(plainText(words)).toMatch(/^By whom .* \(of 24 Nov 2026\)$/m);
});

describe('the title', () => {
  it.each([
    ['grew', 'Spend spike grows · Dana Lindqvist · +$290.25 so far'],
    ['escalated', 'Spend spike, now critical · Dana Lindqvist · +$290.25 so far'],
    ['closed', 'Spend spike over · Dana Lindqvist · +$290.25 in all'],
    ['corrected', 'Spend spike withdrawn · Dana Lindqvist · the figures were corrected'],
    ['explained', 'Spend spike explained · Dana Lindqvist · by people or keys inside it'],
    ['resumed', 'Spend spike goes on · Dana Lindqvist · +$290.25 so far'],
    ['became_usual', 'Spend spike is the new usual · Dana Lindqvist · +$290.25 in all'],
  ] as const)('says that it %s', (change, title) => {
    expect(wordsOf(aMessage({ change }), labels).title).toBe(title);
  });
});

it.each([
  ['4210.5500000000', '$4,210.55'],
  ['0.0049999999', '$0.00'],
  ['0.005', '$0.01'],
  ['-1234567.895', '-$1,234,567.90'],
  ['999.995', '$1,000.00'],
])('writes %s as %s', (amount, shown) => {
  expect(dollars(amount)).toBe(shown);
});
