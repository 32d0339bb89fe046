import type { Message } from './message.ts';
import { cut } from './slack.ts';
import { OTHERWISE, type Words } from './words.ts';

/** A custom notification of Amazon Q in chat applications: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
export interface AmazonQMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** Messages of one incident stand in one thread. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Characters that we keep to, well below what is documented. */
export const AMAZON_Q_LIMITS = { title: 250, description: 4000, step: 350, keyword: 75, summary: 250 } as const;

/** An alert for Amazon Q: no name is in it, as in all that the topic carries. */
export function amazonQMessage(message: Message, words: Words): AmazonQMessage {
  const { title, where, owner, against, amount, cause, next, expected, about } = words;
  const lines = [
    `*Owner* ${owner}`,
    `*Where* ${where}`,
    `*Cost* ${amount}`,
    `*Against* ${against}`,
    ...(cause === null ? [] : [`*Probable cause* ${cause}`]),
    about,
  ];
  const most = AMAZON_Q_LIMITS;
  return {
    version: '1.0',
    source: 'custom',
    id: message.id,
    content: {
      textType: 'client-markdown',
      title: cut(title, most.title),
      description: cut(lines.join('\n'), most.description),
      nextSteps: [next, `Planned? \`${expected}\`, or ${OTHERWISE}`].map((step) => cut(step, most.step)),
      keywords: [message.team_id ?? 'nobody', message.kind, message.severity].map((word) => cut(word, most.keyword)),
    },
    metadata: {
      threadId: message.incident_id,
      summary: cut(title, most.summary),
      eventType: message.kind,
      additionalContext: { owner, state: message.state },
    },
  };
}
