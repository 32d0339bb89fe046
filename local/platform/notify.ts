import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Labels } from '../../shared/alerts/labels.ts';
import { message } from '../../shared/alerts/message.ts';
import { plainText } from '../../shared/alerts/plain.ts';
import { postToSlack } from '../../shared/alerts/post.ts';
import { wordsOf } from '../../shared/alerts/words.ts';
import type { Notify } from '../../shared/platform.ts';

/** How a laptop tells. */
export interface LaptopNotify {
  /** Where notifications are kept, one file each. */
  readonly folder: string;
  readonly print: (text: string) => void;
  /** Asked at the last moment: names may have come in meanwhile. */
  readonly labels: () => Promise<Labels>;
  /** Where else to post them; null: nowhere. */
  readonly slack: { readonly url: string; readonly fetch: typeof globalThis.fetch } | null;
}

const kept = z.object({ is_posted: z.boolean() });
const body = z.object({ message });

/** Prints a notification, keeps it as a file, and posts it to Slack if asked; each of it once, however often it is published. */
export function laptopNotify({ folder, print, labels, slack }: LaptopNotify): Notify {
  return {
    publish: async (notification) => {
      const { message: told } = body.parse(JSON.parse(notification.body));
      const path = join(folder, `${notification.id.replace('#', '.')}.json`);
      const former = await readFile(path, 'utf8').then(
        (text) => kept.parse(JSON.parse(text)),
        () => null,
      );
      const keep = (is_posted: boolean): Promise<void> =>
        writeFile(
          path,
          `${JSON.stringify({ ...notification, forms: undefined, body: { message: told }, is_posted }, null, 2)}\n`,
        );
      const words = wordsOf(told, await labels());
      if (former === null) {
        await mkdir(folder, { recursive: true });
        await keep(false);
        print(plainText(words));
      }
      if (slack === null || former?.is_posted === true) return;
      await postToSlack(slack.fetch, slack.url, words);
      await keep(true);
    },
  };
}
