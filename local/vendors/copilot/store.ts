import { instantText } from '../calendar.ts';
import type { Dialect } from '../faults.ts';
import type { Answer, Asked } from '../http-server.ts';
import { identifier } from '../random.ts';

/** Where reports lie: another host than the API, open to whoever holds a link, for a while. */
export interface Store {
  /** A fresh link to a file; only once it is known where the store answers. */
  readonly link: (path: string) => string;
  /** Where the store answers. */
  readonly at: (url: string) => void;
  readonly answers: (asked: Asked) => Answer;
}

const LINK_LIVES_MS = 15 * 60_000;

/** A store of files made when asked for; null: there is no such file. */
export function reportStore(seed: number, now: () => number, file: (path: string) => string | null): Store {
  let base = '';
  const signature = (path: string, expires: string): string => identifier(43, seed, 'report', path, expires);
  return {
    at: (url) => {
      base = url;
    },
    link: (path) => {
      const expires = instantText(now() + LINK_LIVES_MS);
      return `${base}${path}?${new URLSearchParams({ sig: signature(path, expires), se: expires })}`;
    },
    answers: ({ path, query, headers }) => {
      const expires = query.get('se') ?? '';
      // A key sent along is a mistake that real stores refuse as well.
      if (headers.authorization !== undefined) return told(400, 'InvalidAuthenticationInfo');
      if (query.get('sig') !== signature(path, expires) || !(Date.parse(expires) > now()))
        return told(403, 'AuthenticationFailed');
      const body = file(path);
      return body === null
        ? told(404, 'BlobNotFound')
        : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
    },
  };
}

/** The store's words for what goes wrong on the way. */
export const storeFaults: Dialect = {
  limited: () => told(503, 'ServerBusy'),
  failed: (status) => told(status === 529 ? 503 : status, 'InternalError'),
  formerPage: () => null,
  expiredCursor: () => null,
  emptyReport: () => null,
};

function told(status: number, code: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
  };
}
