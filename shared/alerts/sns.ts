import type { Notification } from '../platform.ts';
import { amazonQMessage } from './amazon-q.ts';
import type { Message } from './message.ts';
import { plainText } from './plain.ts';
import { NO_LABELS, wordsOf } from './words.ts';

/** SNS Publish: a subject has fewer than 100 printable ASCII characters, on one line. */
const SUBJECT_MOST = 99;
/** Letters that do not come apart into a base letter and a mark, and signs that have a plain form. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', Æ: 'AE', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', œ: 'oe', Œ: 'OE', ı: 'i' },
  ...{
    '·': '-',
    '–': '-',
    '—': '-',
    '…': '...',
    '‘': "'",
    '’': "'",
    '“': '"',
    '„': '"',
    '”': '"',
    '≈': '~',
    '€': 'EUR',
  },
};

/** The message as the topic carries it: no name in it, the body holds the words and the data. */
export function notificationOf(message: Message): Notification {
  const words = wordsOf(message, NO_LABELS);
  return {
    id: message.id,
    subject: subjectOf(words.title),
    body: JSON.stringify({ text: plainText(words), message }),
    forms: { mail: plainText(words), chat: JSON.stringify(amazonQMessage(message, words)) },
    attributes: {
      team: message.team_id ?? 'nobody',
      kind: message.kind,
      severity: message.severity,
      state: message.state,
    },
  };
}

/** A title as a subject: folded to ASCII, one line, cut at a word. The body carries it whole. */
export function subjectOf(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (sign) => PLAIN[sign] ?? (/\s|\p{C}/u.test(sign) ? ' ' : '?'))
    .replace(/\s+/g, ' ')
    .trim();
  if (folded === '') return 'Spend alert';
  if (folded.length <= SUBJECT_MOST) return folded;
  const cut = folded.slice(0, SUBJECT_MOST - 3);
  const word = cut.lastIndexOf(' ');
  return `${(word > SUBJECT_MOST / 2 ? cut.slice(0, word) : cut).trimEnd()}...`;
}
