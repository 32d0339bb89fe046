import type { Answer, Asked, Delivery } from './http-server.ts';
import { fingerprint, Random, share } from './random.ts';

/** What can happen to a request on its way; all of it passes when the request is made again. */
export type Fault =
  | 'limited'
  | 'limited_without_wait'
  | 'server_error'
  | 'bad_gateway'
  | 'overloaded'
  | 'silence'
  | 'cut'
  | 'truncated'
  | 'former_page'
  | 'expired_cursor'
  | 'empty_again';

/** How one vendor words its faults; null where it has no such thing for this request. */
export interface Dialect {
  readonly limited: (waitSeconds: number | null) => Answer;
  readonly failed: (status: number) => Answer;
  /** The request for the page before the one asked for. */
  readonly formerPage: (asked: Asked) => Asked | null;
  readonly expiredCursor: (asked: Asked) => Answer | null;
  /** A report without a single row, as an answer to a question for the first page of a window. */
  readonly emptyReport: (asked: Asked) => Answer | null;
}

/** A delivery and what was done to it. */
export interface Disturbed {
  readonly delivery: Delivery;
  readonly fault: Fault | null;
}

/** Share of requests that a fault meets, and of windows asked again that come back empty once. */
const rates = { none: [0, 0], some: [0.05, 0.15], many: [0.22, 0.5] } as const;

/** Faults in proportion to how often they are seen. */
const kinds: readonly (readonly [fault: Fault, weight: number])[] = [
  ['limited', 24],
  ['limited_without_wait', 10],
  ['server_error', 14],
  ['bad_gateway', 10],
  ['overloaded', 12],
  ['silence', 2],
  ['cut', 8],
  ['truncated', 8],
  ['former_page', 6],
  ['expired_cursor', 6],
];

const MOST_IN_A_ROW = 3;
const SILENCE_MS = 1800;

interface Past {
  asked: number;
  inARow: number;
  answered: number;
  emptied: boolean;
  expired: boolean;
}

/**
 * Disturbs a vendor's answers. What happens to a request depends on the seed, the request and how often it was made
 * before, and on nothing else; so that the order in which requests come changes nothing.
 */
export function faultsOf(
  seed: number,
  level: keyof typeof rates,
  dialect: Dialect,
  answers: (asked: Asked) => Answer,
): (asked: Asked) => Disturbed {
  const [faultRate, emptyRate] = rates[level];
  const pasts = new Map<string, Past>();

  const choose = (asked: Asked, key: string, past: Past): Fault | null => {
    if (faultRate === 0) return null;
    const isFirstAgain = past.answered > 0 && !past.emptied && dialect.emptyReport(asked) !== null;
    if (isFirstAgain && share(seed, 'empty', key) < emptyRate) return 'empty_again';
    if (past.inARow >= MOST_IN_A_ROW || share(seed, 'fault', key, past.asked) >= faultRate) return null;
    let left = share(seed, 'kind', key, past.asked) * kinds.reduce((sum, [, weight]) => sum + weight, 0);
    const kind = kinds.find(([, weight]) => {
      left -= weight;
      return left < 0;
    });
    return kind?.[0] ?? null;
  };

  return (asked) => {
    const key = keyOf(asked);
    const past = pasts.get(key) ?? { asked: 0, inARow: 0, answered: 0, emptied: false, expired: false };
    pasts.set(key, past);
    const fault = choose(asked, key, past);
    const random = new Random(fingerprint(seed, 'detail', key, past.asked));
    past.asked += 1;
    const disturbed = fault === null ? null : disturb(fault, asked, dialect, answers, past, random);
    if (fault === null || disturbed === null) {
      const answer = answers(asked);
      past.inARow = 0;
      if (answer.status === 200) past.answered += 1;
      return { delivery: { kind: 'whole', answer }, fault: null };
    }
    if (fault === 'empty_again') past.emptied = true;
    if (fault === 'expired_cursor') past.expired = true;
    past.inARow += 1;
    return { delivery: disturbed, fault };
  };
}

/** The disturbed delivery, or null where the vendor has no such thing for this request. */
function disturb(
  fault: Fault,
  asked: Asked,
  dialect: Dialect,
  answers: (asked: Asked) => Answer,
  past: Past,
  random: Random,
): Delivery | null {
  const whole = (answer: Answer | null): Delivery | null => (answer === null ? null : { kind: 'whole', answer });
  switch (fault) {
    case 'limited':
      return whole(dialect.limited(random.between(1, 4)));
    case 'limited_without_wait':
      return whole(dialect.limited(null));
    case 'server_error':
      return whole(dialect.failed(500));
    case 'bad_gateway':
      // What stands in front of a vendor does not speak the vendor's language.
      return whole({
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><h1>502 Bad Gateway</h1></html>',
      });
    case 'overloaded':
      return whole(dialect.failed(529));
    case 'silence':
      return { kind: 'silence', milliseconds: SILENCE_MS };
    case 'cut': {
      const answer = answers(asked);
      return { kind: 'cut', answer, bytes: Math.floor(answer.body.length * random.next()) };
    }
    case 'truncated': {
      const answer = answers(asked);
      const kept = Math.floor(answer.body.length * (0.3 + 0.6 * random.next()));
      return whole({ ...answer, body: answer.body.slice(0, kept) });
    }
    case 'former_page': {
      const former = dialect.formerPage(asked);
      return former === null ? null : whole(answers(former));
    }
    case 'expired_cursor':
      return past.expired ? null : whole(dialect.expiredCursor(asked));
    case 'empty_again':
      return whole(dialect.emptyReport(asked));
    default:
      return fault satisfies never;
  }
}

function keyOf({ method, path, query, body }: Asked): string {
  const sorted = [...query].map(([name, value]) => `${name}=${value}`).sort();
  return `${method} ${path} ${sorted.join('&')} ${fingerprint(body)}`;
}
