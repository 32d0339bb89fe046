import { OTHERWISE, type Words } from './words.ts';

/** A message for a Slack incoming webhook: https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackMessage {
  readonly text: string;
  readonly blocks?: readonly SlackBlock[];
}

type Text = { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string };
/** The kinds of block an alert is made of. */
type SlackBlock =
  | { readonly type: 'header'; readonly text: Text }
  | { readonly type: 'section'; readonly text: Text }
  | { readonly type: 'section'; readonly fields: readonly Text[] }
  | { readonly type: 'context'; readonly elements: readonly Text[] };

/** What Slack takes at most, in characters. */
export const SLACK_LIMITS = { header: 150, text: 3000, field: 2000, fields: 10, blocks: 50, fallback: 3000 } as const;

/** The alert in blocks: what matters first and whole, the list last, cut at an entry with how many more there are. */
export function slackMessage(words: Words): SlackMessage {
  const { title, where, owner, against, amount, cause, next, expected, about } = words;
  const field = (name: string, text: string): Text =>
    mrkdwn(`*${name}*\n${cut(text, SLACK_LIMITS.field - name.length - 3)}`);
  const said = [
    ...(cause === null ? [] : [`*Probable cause* ${cut(cause, 1200)}`]),
    `*Next* ${cut(next, 1200)}`,
    `*Planned?* \`${cut(expected, 300)}\`, or ${OTHERWISE}`,
  ].join('\n');
  const list = listed(words);
  return {
    text: cut(`${title} (owner ${owner})`, SLACK_LIMITS.fallback),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, SLACK_LIMITS.header) } },
      {
        type: 'section',
        fields: [field('Where', where), field('Owner', owner), field('Cost', amount), field('Against', against)],
      },
      { type: 'section', text: mrkdwn(said) },
      ...(list === null ? [] : [{ type: 'section' as const, text: mrkdwn(list) }]),
      { type: 'context', elements: [mrkdwn(cut(about, SLACK_LIMITS.field))] },
    ],
  };
}

/** The alert without blocks, short, for when Slack refuses them. */
export function slackPlain({ title, owner, against, next, expected }: Words): SlackMessage {
  const rest = [`Owner: ${owner}`, against, next, `Planned? ${expected}, or ${OTHERWISE}`].map((line) =>
    cut(line, 500),
  );
  return { text: [cut(title, 300), ...rest].join('\n') };
}

const mrkdwn = (text: string): Text => ({ type: 'mrkdwn', text });

const RESERVED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text with Slack's reserved characters escaped, at most so long; what is cut ends in an ellipsis. */
export function cut(text: string, most: number): string {
  const signs = Array.from(text, (sign) => RESERVED[sign] ?? sign);
  const size = signs.reduce((total, { length }) => total + length, 0);
  if (size <= most) return signs.join('');
  let kept = '';
  for (const sign of signs) {
    if (kept.length + sign.length > most - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Who makes the excess, entry by entry as far as there is room; null: nothing to list. */
function listed({ contributors, further, listDay }: Words): string | null {
  if (contributors.length === 0) return null;
  const room = SLACK_LIMITS.text - 40;
  let text = listDay === null ? '*Who makes it*' : `*Who makes it, ${cut(listDay, 40)}*`;
  let shown = 0;
  for (const contributor of contributors) {
    const line = `\n• ${cut(contributor, 300)}`;
    if (text.length + line.length > room) break;
    text += line;
    shown += 1;
  }
  const more = contributors.length - shown + further;
  return more === 0 ? text : `${text}\n… and ${more} more`;
}
