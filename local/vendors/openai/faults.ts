import type { Dialect } from '../faults.ts';
import { type Asked, json } from '../http-server.ts';
import { cursorOf, cursorText } from './query.ts';
import { refuse } from './refusal.ts';

const usualBuckets: Readonly<Record<string, number>> = { '1d': 7, '1h': 24, '1m': 60 };

/** OpenAI's words for what goes wrong on the way. */
export const openaiFaults: Dialect = {
  limited: (wait) =>
    refuse(
      429,
      'Rate limit reached for requests.',
      { type: 'requests', code: 'rate_limit_exceeded' },
      wait === null ? {} : { 'retry-after': String(wait) },
    ),
  failed: (status) =>
    refuse(status === 529 ? 503 : status, 'The server had an error while processing your request.', {
      type: 'server_error',
    }),
  formerPage,
  // Its cursors do not expire.
  expiredCursor: () => null,
  emptyReport: ({ path, query }) =>
    isReport(path) && !query.has('page')
      ? json(200, { object: 'page', data: [], has_more: false, next_page: null })
      : null,
};

function isReport(path: string): boolean {
  return path.startsWith('/v1/organization/usage/') || path === '/v1/organization/costs';
}

function formerPage(asked: Asked): Asked | null {
  const page = asked.query.get('page');
  const cursor = page === null || !isReport(asked.path) ? null : cursorOf(page);
  if (cursor === null) return null;
  const usual = usualBuckets[asked.query.get('bucket_width') ?? '1d'] ?? 7;
  const bucket = cursor.bucket - Number(asked.query.get('limit') ?? usual);
  const query = new URLSearchParams(asked.query);
  query.delete('page');
  if (bucket > 0) query.set('page', cursorText(bucket, cursor.question));
  return { ...asked, query };
}
