import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { laptopNotify } from '../../../local/platform/notify.ts';
import { notificationOf } from '../../../shared/alerts/sns.ts';
import { aMessage, labels } from '../../shared/alerts/a-message.ts';

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'outlay-notify-')), 'notifications');
  printed = [];
});
const given = (slack: Parameters<typeof laptopNotify>[0]['slack']) =>
  laptopNotify({ folder, print: (text) => void printed.push(text), labels: async () => labels, slack });
const notification = notificationOf(aMessage());

it('prints with labels and keeps without, each once', async () => {
  const notify = given(null);
  await notify.publish(notification);
  await notify.publish(notification);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toContain('Spend spike · Dana Lindqvist · +$290.25');
  expect(await readdir(folder)).toEqual(['inc-20261124-e7d789.1.json']);
  const kept = JSON.parse(await readFile(join(folder, 'inc-20261124-e7d789.1.json'), 'utf8'));
  const { forms: _, ...rest } = notification;
  expect(kept).toEqual({ ...rest, body: { message: aMessage() }, is_posted: false });
});

it('posts too when asked, and again only what was not taken', async () => {
  const answers = [500, 200];
  const posted: string[] = [];
  const fetch: typeof globalThis.fetch = async (url) => {
    posted.push(String(url));
    return new Response('', { status: answers.shift() ?? 200 });
  };
  const notify = given({ url: 'http://127.0.0.1:4999/hook', fetch });
  await expect(notify.publish(notification)).rejects.toThrow('Slack answered 500');
  await notify.publish(notification);
  await notify.publish(notification);
  expect(posted).toHaveLength(2);
  expect(printed).toHaveLength(1);
});
