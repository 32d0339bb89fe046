import type { Platform } from '../platform.ts';
import { type SlackMessage, slackMessage, slackPlain } from './slack.ts';
import type { Words } from './words.ts';

/** Slack did not take the alert; the sentence says what came back, never the address, which is a secret. */
class SlackError extends Error {}

/**
 * Posts an alert to a webhook; if Slack refuses the blocks, once more as short plain text.
 * @throws SlackError when it was not taken: whoever called keeps it and tries again.
 */
export async function postToSlack(fetch: Platform['fetch'], url: string, words: Words): Promise<void> {
  const formatted = await send(fetch, url, slackMessage(words));
  if (formatted === null) return;
  const second = formatted.status === 400 ? await send(fetch, url, slackPlain(words)) : formatted;
  if (second === null) return;
  const wait = second.retryAfter === null ? '' : `, and asks to wait ${second.retryAfter} s`;
  throw new SlackError(`Slack answered ${second.status} (${second.body})${wait}; the alert is kept and sent again`);
}

interface Refused {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
}

async function send(fetch: Platform['fetch'], url: string, message: SlackMessage): Promise<Refused | null> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message), redirect: 'error' }).catch(
    (error: unknown) => {
      // The cause of a failed fetch may hold the address.
      throw new SlackError(
        `Slack could not be reached (${error instanceof Error ? error.name : 'unknown'}); the alert is kept and sent again`,
      );
    },
  );
  const body = (await answer.text()).slice(0, 80).replace(/[^\w .:-]/g, ' ');
  return answer.ok ? null : { status: answer.status, body, retryAfter: answer.headers.get('retry-after') };
}
