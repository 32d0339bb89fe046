import type { Dialect } from '../faults.ts';
import { type Asked, json } from '../http-server.ts';
import { refuse } from './answer.ts';

const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** GitHub's words for what goes wrong on the way; its limits come as 403, and as 200 with errors. */
export function githubFaults(now: () => number): Dialect {
  return {
    limited: (wait) => {
      if (wait === null) return refuse(403, SECONDARY);
      if (wait % 2 === 0) return refuse(403, SECONDARY, { 'retry-after': String(wait) });
      const reset = Math.ceil(now() / 1000) + wait;
      const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
      const message = 'API rate limit exceeded for user outlay-collector.';
      return json(200, { errors: [{ type: 'RATE_LIMITED', message }] }, headers);
    },
    failed: (status) =>
      status === 529
        ? json(200, {
            errors: [
              { message: 'Something went wrong while executing your query. This may be the result of a timeout.' },
            ],
          })
        : refuse(status, 'Server Error'),
    formerPage,
    expiredCursor: () => null,
    emptyReport: () => null,
  };
}

/** The same request with its cursor, found among the variables, a page further back. */
function formerPage(asked: Asked): Asked | null {
  const match = /"(?<cursor>Y3Vyc29yO[A-Za-z0-9+/=]*)"/.exec(asked.body);
  const size = /"variables".*:\s*(?<size>\d{1,3})\s*[,}]/s.exec(asked.body)?.groups?.size;
  const cursor = match?.groups?.cursor;
  if (cursor === undefined || size === undefined) return null;
  const offset = Number(Buffer.from(cursor, 'base64').toString('utf8').slice('cursor:'.length)) - Number(size);
  const former = offset > 0 ? `"${Buffer.from(`cursor:${offset}`).toString('base64')}"` : 'null';
  return { ...asked, body: asked.body.replace(`"${cursor}"`, former) };
}
