import { instantText } from '../calendar.ts';
import { refreshBefore } from '../company/settling.ts';
import type { Dialect } from '../faults.ts';
import { type Asked, json } from '../http-server.ts';
import { cursorText, parseCursor } from './pages.ts';
import { refuse } from './refusal.ts';
import { LAG_HOURS } from './truth.ts';

const REPORTS = '/v1/organizations/analytics/';

/** Anthropic's words for what goes wrong on the way. */
export function anthropicFaults(now: () => number): Dialect {
  return {
    limited: (wait) => {
      const headers = wait === null ? {} : { 'retry-after': String(wait) };
      return refuse(429, 'This request would exceed the rate limit for your organization', headers);
    },
    failed: (status) => refuse(status, status === 529 ? 'Overloaded' : 'Internal server error'),
    formerPage,
    expiredCursor: ({ query }) =>
      query.has('page')
        ? refuse(410, 'page token is no longer valid because the data was refreshed; restart from the first page')
        : null,
    emptyReport: ({ path, query }) => {
      if (!path.startsWith(REPORTS) || query.has('page')) return null;
      const refreshedAt = instantText(refreshBefore(now(), LAG_HOURS).through);
      return json(200, { data: [], has_more: false, next_page: null, data_refreshed_at: refreshedAt });
    },
  };
}

function formerPage(asked: Asked): Asked | null {
  const page = asked.query.get('page');
  if (page === null || !asked.path.startsWith(REPORTS)) return null;
  const cursor = parseCursor(page);
  if (cursor === null) return null;
  const offset = cursor.offset - Number(asked.query.get('limit') ?? 20);
  const query = new URLSearchParams(asked.query);
  query.delete('page');
  if (offset > 0) query.set('page', cursorText({ ...cursor, offset }));
  return { ...asked, query };
}
