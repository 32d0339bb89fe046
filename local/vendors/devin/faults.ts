import type { Dialect } from '../faults.ts';
import { json } from '../http-server.ts';
import { refuse } from './refusal.ts';

/** What goes wrong on the way to Devin; its cursors do not expire, and its lists are of one page. */
export const devinFaults: Dialect = {
  limited: (wait) => refuse(429, 'Too many requests', wait === null ? {} : { 'retry-after': String(wait) }),
  failed: (status) => refuse(status === 529 ? 503 : status, 'Internal server error'),
  formerPage: () => null,
  expiredCursor: () => null,
  emptyReport: ({ path }) =>
    path === '/v3/enterprise/consumption/daily' ? json(200, { total_acus: 0, consumption_by_date: [] }) : null,
};
