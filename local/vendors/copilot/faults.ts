import type { Dialect } from '../faults.ts';
import { refuse } from '../github/answer.ts';
import type { Asked } from '../http-server.ts';

const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** GitHub's words for what goes wrong on the way to its REST API; its limits come as 403. */
export function copilotFaults(now: () => number): Dialect {
  return {
    limited: (wait) => {
      if (wait === null) return refuse(403, SECONDARY);
      if (wait % 2 === 0) return refuse(403, SECONDARY, { 'retry-after': String(wait) });
      const reset = String(Math.ceil(now() / 1000) + wait);
      const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
      return refuse(403, 'API rate limit exceeded for installation ID 40000012.', headers);
    },
    failed: (status) => refuse(status === 529 ? 503 : status, 'Server Error'),
    formerPage,
    expiredCursor: () => null,
    emptyReport: () => null,
  };
}

function formerPage(asked: Asked): Asked | null {
  const page = Number(asked.query.get('page') ?? 1);
  if (page < 2) return null;
  const query = new URLSearchParams(asked.query);
  query.set('page', String(page - 1));
  return { ...asked, query };
}
