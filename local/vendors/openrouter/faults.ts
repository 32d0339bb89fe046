import type { Dialect } from '../faults.ts';
import { json } from '../http-server.ts';
import { refuse } from './refusal.ts';

/** OpenRouter's words for what goes wrong on the way; it has no cursors. */
export const openrouterFaults: Dialect = {
  limited: (wait) => refuse(429, 'Rate limit exceeded', wait === null ? {} : { 'retry-after': String(wait) }),
  failed: (status) => refuse(status === 529 ? 503 : status, 'Internal Server Error'),
  formerPage: () => null,
  expiredCursor: () => null,
  emptyReport: ({ path, query }) =>
    path === '/api/v1/activity' && !query.has('api_key_hash') ? json(200, { data: [] }) : null,
};
