import * as z from 'zod';
import type { Platform } from '../platform.ts';
import { type Answer, type CollectMessage, placeOf, type Window } from '../source.ts';

const line = z.object({
  asked: z.object({
    url: z.string(),
    method: z.enum(['GET', 'POST']).exactOptional(),
    body: z.unknown().exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
    about: z.record(z.string(), z.string()).exactOptional(),
  }),
  page: z.unknown(),
});

/** A window that was kept and cannot be read. */
export class Damaged extends Error {}

type Ports = Pick<Platform, 'objects' | 'codec'>;

/** Where a message's windows are kept as answered (names gone), until they expire. */
export function rawPrefix({ source, connection, from, due }: CollectMessage): string {
  const alias = connection.slice(connection.indexOf('.') + 1);
  return `raw/${source}.${alias}/${from}/${compact(due)}/`;
}

const compact = (at: string): string => at.replaceAll(/[:.]|000Z$/g, '').replaceAll('-', '');

const keyOf = (message: CollectMessage, window: Window): string =>
  `${rawPrefix(message)}${compact(window.from)}.ndjson.gz`;

/** The window's answers, one after another. @throws Damaged when they are not there, or cannot be read to the end */
export async function* kept(
  { objects, codec }: Ports,
  message: CollectMessage,
  window: Window,
): AsyncGenerator<Answer<unknown>> {
  const stored = await objects.get(keyOf(message, window));
  if (stored === null) throw new Damaged('nothing is kept of it');
  try {
    for await (const json of codec.lines(stored.body)) yield line.parse(JSON.parse(json)) as Answer<unknown>;
  } catch (cause) {
    throw new Damaged('it cannot be read', { cause });
  }
}

/** Whether this message has a window's answers already. */
export async function isKept({ objects }: Ports, message: CollectMessage, window: Window): Promise<boolean> {
  return (await objects.head(keyOf(message, window))) !== null;
}

/** Keeps a window's answers: from here on they are not asked again for this message. */
export async function keep(
  { objects, codec }: Ports,
  message: CollectMessage,
  window: Window,
  answers: readonly Answer<unknown>[],
): Promise<void> {
  await objects.put(keyOf(message, window), codec.packLines(told(answers)), { when: 'any' });
}

/** Each answer as a line, made when it is asked for. */
function* told(answers: readonly Answer<unknown>[]): Generator<string> {
  for (const answer of answers) yield JSON.stringify(withoutQuery(answer));
}

/** Forgets a message's windows, so that they are asked anew. */
export async function discard({ objects }: Ports, message: CollectMessage): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of objects.list(rawPrefix(message))) keys.push(key);
  await objects.remove(keys);
}

/** A question's query may hold a cursor that is somebody's id; what it was about stands in `about`. */
const withoutQuery = ({ asked, page }: Answer<unknown>): Answer<unknown> => {
  const { url: _url, body: _body, namesPerson: _names, ...rest } = asked;
  return { asked: { ...rest, url: placeOf(asked) }, page };
};
