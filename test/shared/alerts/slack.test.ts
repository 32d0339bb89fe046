import { describe, expect, it } from 'vitest';
import type { Message } from '../../../shared/alerts/message.ts';
import { cut, SLACK_LIMITS, type SlackMessage, slackMessage, slackPlain } from '../../../shared/alerts/slack.ts';
import { type Words, wordsOf } from '../../../shared/alerts/words.ts';
import tooLong from '../../fixtures/cases/chat-text-longer-than-allowed.json' with { type: 'json' };
import { aMessage, labels } from './a-message.ts';

it('has the alert as blocks, what matters first', () => {
  const contributors: Message['contributors'] = [{ kind: 'credential', id: 'key_1', excess_cost: '90.00', share: 0.9 }];
  expect(slackMessage(wordsOf(aMessage({ contributors }), labels))).toEqual({
    text: 'Spend spike · Dana Lindqvist · +$290.25 (owner Dana Lindqvist)',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Spend spike · Dana Lindqvist · +$290.25' } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Where*\nDana Lindqvist, team Search &amp; Ranking, anthropic, 24 Nov 2026' },
          { type: 'mrkdwn', text: '*Owner*\nDana Lindqvist' },
          { type: 'mrkdwn', text: '*Cost*\n$310.25, usually $20.00' },
          {
            type: 'mrkdwn',
            text: '*Against*\nusual $20.00 (median of 20 active working days in four weeks), bound $70.00',
          },
        ],
      },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: '*Probable cause* One session.\n*Next* Look for a session that still runs and stop it.\n*Planned?* `npm run incident -- expect inc-20261124-e7d789`, or ack in place of expect: somebody looks after it; snooze: not now',
        },
      },
      { type: 'section', text: { type: 'mrkdwn', text: '*Who makes it*\n• key ci-nightly +$90.00 (90 %)' } },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'inc-20261124-e7d789 · spend_spike · critical · open · usage complete to 24 Nov 2026 14:00 UTC',
          },
        ],
      },
    ],
  });
});

/** Every text of a message with what Slack takes at most of it. */
const texts = ({ text, blocks = [] }: SlackMessage): (readonly [string, number])[] => [
  [text, SLACK_LIMITS.fallback],
  ...blocks.flatMap((block): (readonly [string, number])[] => {
    if (block.type === 'header') return [[block.text.text, SLACK_LIMITS.header]];
    if (block.type === 'context') return block.elements.map((element) => [element.text, SLACK_LIMITS.field]);
    return 'fields' in block
      ? block.fields.map((field) => [field.text, SLACK_LIMITS.field])
      : [[block.text.text, SLACK_LIMITS.text]];
  }),
];

const nasty = ['&', '<!channel>', '😀', 'é', '*', '`', ' ', 'word ', '\n', '\u{1f469}\u200d\u{1f4bb}'];
/** A text made of the nasty pieces, by a small repeatable draw. */
const drawn = (seed: number, pieces: number): string =>
  Array.from(
    { length: pieces },
    (_, index) => nasty[((seed * 7919 + index) * 31 + ((index * index) % 17)) % nasty.length],
  ).join('');

const nastyWords = (seed: number): Words => {
  const long = (of: number): string => drawn(seed + of, [1, 40, 400, 4000][(seed + of) % 4] ?? 1);
  return {
    ...{ title: long(0), where: long(1), owner: long(2), against: long(3), amount: long(4), cause: long(5) },
    ...{ next: long(6), expected: long(7), about: long(8), further: seed % 3, listDay: null },
    contributors: Array.from({ length: seed % 90 }, (_, index) => long(index)),
  };
};

describe('whatever the words', () => {
  const all = Array.from({ length: 200 }, (_, seed) => slackMessage(nastyWords(seed)));
  const plain = Array.from({ length: 200 }, (_, seed) => slackPlain(nastyWords(seed)));

  it('no text is longer than Slack takes, none is empty, and there are few blocks', () => {
    const every = [...all, ...plain].flatMap(texts);
    expect(every.filter(([text, most]) => text.length > most || text === '')).toEqual([]);
    expect(Math.max(...all.map(({ blocks = [] }) => blocks.length))).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
  });

  it('nothing can mention or link: reserved characters are escaped, and no escape is cut in two', () => {
    const every = [...all, ...plain].flatMap(texts).map(([text]) => text);
    expect(every.filter((text) => /[<>]|&(?!amp;|lt;|gt;)/.test(text))).toEqual([]);
    expect(every.filter((text) => !text.isWellFormed())).toEqual([]);
  });
});

describe('an alert with more causes than one text holds', () => {
  const { anomaly } = tooLong.given;
  const entry = `${'c'.repeat(58)}&<>`;
  const words: Words = {
    ...wordsOf(aMessage({ scope: { kind: 'team', id: anomaly.team }, team_id: anomaly.team }), () => null),
    ...{ title: `Spend spike · ${anomaly.team} · +$3,900.55`, owner: anomaly.owner },
    contributors: Array.from({ length: 60 }, (_, index) => `${String(index).padStart(2, '0')} ${entry}`),
  };
  const { blocks = [] } = slackMessage(words);
  const list =
    texts({ text: '-', blocks })
      .map(([text]) => text)
      .find((text) => text.startsWith('*Who makes it*')) ?? '';

  it('is cut at an entry and says how many more there are', () => {
    const shown = list.split('\n').slice(1, -1);
    expect(list.length).toBeLessThanOrEqual(tooLong.expect.values.max_text_block);
    expect(shown.every((line) => line.endsWith(`${'c'.repeat(58)}&amp;&lt;&gt;`))).toBe(true);
    expect(list.split('\n').at(-1)).toBe(`… and ${60 - shown.length} more`);
    expect(shown.length).toBeGreaterThan(30);
  });

  it('has team, amount, comparison, owner and next step whole, before the list', () => {
    const all = texts({ text: '-', blocks })
      .map(([text]) => text)
      .join('\n');
    const before = all.slice(0, all.indexOf('*Who makes it*'));
    expect(
      [words.title, words.owner, words.against, words.next, words.expected].filter((text) => !before.includes(text)),
    ).toEqual([]);
  });
});

it('cuts at a sign, with an ellipsis, and only what is too long', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(cut('a & b', 6)).toBe('a …');
  expect(cut('ab😀😀', 4)).toBe('ab…');
});
