import type { Dialect } from '../faults.ts';
import { type Asked, json } from '../http-server.ts';
import { refuse } from './refusal.ts';

const EVENTS = '/teams/filtered-usage-events';
const PAGE = /"page":(\d+)/;

/** Cursor's words for what goes wrong on the way; its limits come in two shapes. */
export const cursorFaults: Dialect = {
  limited: (wait) =>
    wait === null
      ? json(429, { code: 'error', message: 'Rate limit exceeded' })
      : refuse(429, 'Rate limit exceeded. Please try again later.', { 'retry-after': String(wait) }),
  failed: (status) => refuse(status === 529 ? 503 : status, 'An unexpected error occurred'),
  formerPage,
  expiredCursor: () => null,
  emptyReport: (asked) =>
    asked.path === EVENTS && numberOf(asked) === 1
      ? json(200, {
          totalUsageEventsCount: 0,
          pagination: { numPages: 0, currentPage: 1, pageSize: 1000, hasNextPage: false, hasPreviousPage: false },
          usageEvents: [],
          period: { startDate: 0, endDate: 0 },
        })
      : null,
};

const numberOf = ({ body }: Asked): number => Number(PAGE.exec(body)?.[1] ?? 1);

function formerPage(asked: Asked): Asked | null {
  const page = numberOf(asked);
  return page > 1 ? { ...asked, body: asked.body.replace(PAGE, `"page":${page - 1}`) } : null;
}
