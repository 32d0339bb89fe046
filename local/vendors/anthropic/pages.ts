import { type Answer, json } from '../http-server.ts';
import type { Entry } from './directory.ts';
import { InvalidRequest } from './refusal.ts';

/** Where a page of a report begins, to which question it belongs, and of which rebuild of the data it is. */
export interface Cursor {
  readonly offset: number;
  readonly question: number;
  readonly refreshedAt: number;
}

/** The text of a cursor, opaque to readers. */
export function cursorText({ offset, question, refreshedAt }: Cursor): string {
  return `page_${Buffer.from(`${offset} ${question} ${refreshedAt}`).toString('base64url')}`;
}

/** Reads a cursor back; null when it never was one. */
export function parseCursor(text: string): Cursor | null {
  const parts = Buffer.from(text.replace(/^page_/, ''), 'base64url')
    .toString('utf8')
    .split(' ')
    .map(Number);
  const [offset, question, refreshedAt] = parts;
  const isWhole = parts.length === 3 && parts.every((part) => Number.isInteger(part));
  return isWhole && offset !== undefined && question !== undefined && refreshedAt !== undefined
    ? { offset, question, refreshedAt }
    : null;
}

/** A page of a directory by `after_id` or `before_id` and `limit`, as users, workspaces and keys are paged. */
export function directoryPage(entries: readonly Entry[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidRequest('limit: must be between 1 and 1000');
  const after = query.get('after_id');
  const before = query.get('before_id');
  const at = (id: string, name: string): number => {
    const index = entries.findIndex((entry) => entry.id === id);
    if (index < 0) throw new InvalidRequest(`${name}: no such object`);
    return index;
  };
  const begins =
    before !== null ? Math.max(0, at(before, 'before_id') - limit) : after === null ? 0 : at(after, 'after_id') + 1;
  const ends = before !== null ? at(before, 'before_id') : Math.min(entries.length, begins + limit);
  const data = entries.slice(begins, ends);
  return json(200, {
    data,
    has_more: before !== null ? begins > 0 : ends < entries.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  });
}
