import * as z from 'zod';
import type { Platform } from '../platform.ts';
import { DAY } from '../time.ts';
import { loadLabels } from './labels.ts';
import { message } from './message.ts';
import { postToSlack } from './post.ts';
import { wordsOf } from './words.ts';

/** The group of notifications that a channel has taken. */
const SENT = 'sent';
/** A redelivery comes within hours; what is older need not be remembered. */
const REMEMBERED = 60 * DAY;

/** The body of a notification. */
const body = z.object({ message });

/** Where alerts are posted, and whether whoever reads there is told people's names. */
export interface Channel {
  readonly webhook: string;
  readonly showPeople: boolean;
}

/**
 * Posts what the topic carried to the channel, once per notification; answers whether it was posted now.
 * @throws SlackError when the channel did not take it: the topic delivers again, and at last keeps it as a dead letter.
 */
export async function notify(
  platform: Pick<Platform, 'state' | 'clock' | 'fetch' | 'objects' | 'codec'>,
  text: string,
  { webhook, showPeople }: Channel,
): Promise<boolean> {
  const { message: told } = body.parse(JSON.parse(text));
  const at = { group: SENT, key: told.id };
  if ((await platform.state.get(at)) !== null) return false;
  await postToSlack(platform.fetch, webhook, wordsOf(told, await loadLabels(platform, showPeople)));
  const now = platform.clock.now();
  await platform.state.update(at, { sent_at: now }, null, { expiresAt: now + REMEMBERED });
  return true;
}
