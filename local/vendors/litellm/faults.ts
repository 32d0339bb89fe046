import type { Dialect } from '../faults.ts';
import { type Asked, json } from '../http-server.ts';
import { LOGS } from './answer.ts';
import { refuse } from './refusal.ts';

/** LiteLLM's words for what goes wrong on the way; its pages are numbers and do not expire. */
export const litellmFaults: Dialect = {
  limited: (wait) =>
    refuse(429, 'Max parallel request limit reached', wait === null ? {} : { 'retry-after': String(wait) }),
  failed: (status) => refuse(status === 529 ? 503 : status, 'No connected db.'),
  formerPage: (asked: Asked) => {
    const page = Number(asked.query.get('page') ?? 1);
    if (asked.path !== LOGS || page < 2) return null;
    const query = new URLSearchParams(asked.query);
    query.set('page', String(page - 1));
    return { ...asked, query };
  },
  expiredCursor: () => null,
  emptyReport: ({ path, query }) =>
    path === LOGS && query.get('page') === '1'
      ? json(200, { data: [], total: 0, page: 1, page_size: Number(query.get('page_size')), total_pages: 0 })
      : null,
};
