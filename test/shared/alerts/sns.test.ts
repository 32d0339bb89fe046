import { describe, expect, it } from 'vitest';
import { message } from '../../../shared/alerts/message.ts';
import { notificationOf, subjectOf } from '../../../shared/alerts/sns.ts';
import limits from '../../fixtures/cases/subject-line-limits.json' with { type: 'json' };
import { aMessage } from './a-message.ts';

describe('a notification', () => {
  it('carries the message as data and words, and no name', () => {
    const notification = notificationOf(aMessage());
    const body = JSON.parse(notification.body);
    expect(notification).toMatchObject({
      id: 'inc-20261124-e7d789#1',
      subject: 'Spend spike - person p_01234567 - +$290.25',
      attributes: { team: 'search', kind: 'spend_spike', severity: 'critical', state: 'open' },
    });
    expect(message.parse(body.message)).toEqual(aMessage());
    expect(body.text).toContain('Owner    person p_01234567');
  });

  it('reads as words by mail, and as a custom notification in Amazon Q, one thread an incident', () => {
    const { forms } = notificationOf(aMessage());
    expect(forms.mail).toMatch(/^Spend spike .*\nWhere {4}person p_01234567/);
    expect(JSON.parse(forms.chat)).toEqual({
      version: '1.0',
      source: 'custom',
      id: 'inc-20261124-e7d789#1',
      content: {
        textType: 'client-markdown',
        title: 'Spend spike · person p_01234567 · +$290.25',
        description: expect.stringMatching(/^\*Owner\* person p_01234567\n\*Where\* person p_01234567, team search/),
        nextSteps: [
          expect.any(String),
          'Planned? `npm run incident -- expect inc-20261124-e7d789`, or ack in place of expect: somebody looks after it; snooze: not now',
        ],
        keywords: ['search', 'spend_spike', 'critical'],
      },
      metadata: {
        threadId: 'inc-20261124-e7d789',
        summary: 'Spend spike · person p_01234567 · +$290.25',
        eventType: 'spend_spike',
        additionalContext: { owner: 'person p_01234567', state: 'open' },
      },
    });
  });

  it('stays within what Amazon Q takes, however long its words', () => {
    const { content } = JSON.parse(
      notificationOf(aMessage({ title: 'x'.repeat(900), against: 'y'.repeat(9000) })).forms.chat,
    );
    expect([content.title.length, content.description.length]).toEqual([250, 4000]);
  });

  it('has no empty attribute, which SNS refuses', () => {
    expect(notificationOf(aMessage({ team_id: null })).attributes).toEqual({
      ...{ team: 'nobody', kind: 'spend_spike', severity: 'critical', state: 'open' },
    });
  });
});

describe('a subject', () => {
  it('of a long title with a line break and letters outside ASCII is folded and cut at a word', () => {
    expect(subjectOf(limits.given.title)).toBe(
      'Spend spike: Equipe Paiements & Facturation Europe (production) project...',
    );
  });

  it.each([
    ['Groß · Æther – „Übersicht“', 'Gross - AEther - "Ubersicht"'],
    ['tab\tand\u0000null\u2028line', 'tab and null line'],
    ['支出', '??'],
    ['\n \u0007', 'Spend alert'],
    ['x'.repeat(300), `${'x'.repeat(96)}...`],
    ['\u{1f680} up', '? up'],
  ])('of %j is %j', (title, subject) => {
    expect(subjectOf(title)).toBe(subject);
  });

  it('is always one line of printable ASCII of fewer than a hundred characters that begins with a sign', () => {
    const pieces = ['é', '\n', '\r', ' ', '\u0000', '😀', 'word', '·', '"', '\u00a0', '支', '\ud800', '1'];
    const titles = Array.from({ length: 500 }, (_, seed) =>
      Array.from(
        { length: seed % 160 },
        (_, index) => pieces[(seed * 31 + index * index * 7 + index) % pieces.length],
      ).join(''),
    );
    expect(titles.map(subjectOf).filter((subject) => !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject))).toEqual([]);
  });
});
