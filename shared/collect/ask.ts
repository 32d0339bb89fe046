import type * as z from 'zod';
import type { Platform } from '../platform.ts';
import { type Ask, type Connection, placeOf, type Vendor } from '../source.ts';
import { followingIn, parsedBody, TooLarge, textOf } from './body.ts';
import { type Budget, Refusal, Unreadable } from './failure.ts';
import { exactJson, type Parsed } from './json.ts';
import { backOff, retryAfter } from './retry.ts';

/** What one question needs besides itself. */
export interface Line {
  readonly platform: Pick<Platform, 'fetch' | 'clock' | 'random'>;
  readonly vendor: Vendor;
  readonly connection: Connection;
  readonly headers: Readonly<Record<string, string>>;
  readonly budget: Budget;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Waits for a place under the vendor's rate limit. */
  readonly permit: () => Promise<void>;
}

/** Tries before a question is given up. */
const TRIES = 8;
/** The largest answer that is read, in bytes, unpacked. */
const MOST_BYTES = 128 * 1024 * 1024;

/** An answer of the right shape, and how long its body was. */
export interface Heard<Page> {
  readonly page: Page;
  readonly size: number;
  /** Where the `Link` header says that the answer goes on; null: nowhere. */
  readonly following: string | null;
}

/**
 * Asks one question until an answer has the shape of a page.
 * Only 429, 5xx, time-outs and torn answers are asked again; anything else is the vendor's word.
 * @throws Refusal with status and body; Unreadable when an answer never had the shape.
 */
export async function ask<Page>(
  line: Line,
  asked: Ask,
  page: z.ZodType<Page>,
  exact: readonly string[],
): Promise<Heard<Page>> {
  mayAsk(line, asked);
  for (let tries = 1; ; tries += 1) {
    await line.permit();
    line.budget.requests += 1;
    const heard = await once(line, asked);
    if (heard.kind === 'answer') {
      const parsed: Parsed = heard.status === 204 ? NOTHING : parsedBody(heard.body, asked.written, exact);
      if (parsed.torn === null) {
        const { following, body } = heard;
        return { page: shaped(line, asked, page, parsed.value), size: body.length, following };
      }
      heard.torn = parsed.torn;
    }
    const failure = failureOf(line, asked, heard);
    if (!failure.again || tries >= TRIES) throw failure.error;
    line.budget.retries += 1;
    await line.budget.pause(failure.waitMs ?? backOff(tries, line.platform.random.next()), failure.error);
  }
}

const NOTHING = { value: null, torn: null } as const;

type Came =
  | { kind: 'answer'; status: number; body: string; torn?: string; after: string | null; following: string | null }
  | { kind: 'refusal'; status: number; body: string; after: string | null; torn: boolean }
  | { kind: 'flood' }
  | { kind: 'silence'; cause: unknown };

async function once({ platform, connection, vendor, headers, timeoutMs }: Line, asked: Ask): Promise<Came> {
  try {
    const response = await platform.fetch(asked.url, {
      method: asked.method ?? 'GET',
      headers: {
        accept: 'application/json',
        'user-agent': 'outlay/0.1',
        ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
        // A signed link is somebody else's, and needs no key.
        ...(asked.isSignedLink === true ? {} : headers),
        ...asked.headers,
      },
      // A redirect could carry the key elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    });
    const body = await textOf(response, MOST_BYTES);
    const after = response.headers.get('retry-after');
    const status = vendor.disguised?.(body, response.status) ?? response.status;
    const resets = resetOf(response.headers);
    if (status >= 200 && status < 300) {
      return { kind: 'answer', status, body, after, following: followingIn(response.headers.get('link')) };
    }
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { kind: 'refusal', status, body, after: after ?? resets, torn: isJson && exactJson(body, []).torn !== null };
  } catch (cause) {
    if (cause instanceof TooLarge) return { kind: 'flood' };
    return {
      kind: 'silence',
      cause: cause instanceof Error ? (cause.cause ?? cause) : `${connection.id}: ${String(cause)}`,
    };
  }
}

/** GitHub says when an exhausted limit ends by an epoch second instead of `retry-after`. */
function resetOf(headers: Headers): string | null {
  const reset = headers.get('x-ratelimit-remaining') === '0' ? headers.get('x-ratelimit-reset') : null;
  return reset === null ? null : `@${reset}`;
}

function failureOf(line: Line, asked: Ask, heard: Came): { error: Error; again: boolean; waitMs?: number | null } {
  const where = `${line.connection.id} at ${pathOf(asked)}`;
  if (heard.kind === 'flood') {
    return {
      again: false,
      error: new Unreadable(`asked ${where}, and the answer exceeds ${MOST_BYTES} bytes; ask for less at once`),
    };
  }
  if (heard.kind === 'silence') {
    const why =
      heard.cause instanceof Error
        ? heard.cause.name === 'TimeoutError'
          ? 'it did not answer in time'
          : heard.cause.message
        : String(heard.cause);
    return { again: true, error: new Unreadable(`asked ${where}, and got no answer: ${why}`) };
  }
  if (heard.kind === 'answer') {
    return { again: true, error: new Unreadable(`asked ${where}, and the answer was torn: ${heard.torn ?? ''}`) };
  }
  const said = line.vendor.errorMessage(heard.body);
  const error = new Refusal(
    `asked ${where}, and got ${heard.status}${said === null ? '' : `: ${said}`}`,
    heard.status,
    heard.body,
  );
  const limited = heard.status === 429 || (heard.status === 403 && heard.after !== null);
  // A refusal torn on its way could be one that has another way, and cannot be read.
  return {
    again: limited || heard.status >= 500 || heard.torn,
    error,
    waitMs: retryAfter(heard.after, line.platform.clock.now()),
  };
}

function shaped<Page>(line: Line, asked: Ask, page: z.ZodType<Page>, value: unknown): Page {
  const parsed = page.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Unreadable(
    `asked ${line.connection.id} at ${pathOf(asked)}, and the answer is not as documented: ` +
      `${first?.path.join('.') ?? ''} ${first?.message ?? ''}; the vendor may have changed its API`,
  );
}

/** The path alone: a query may hold ids of people. */
const pathOf = (asked: Ask): string => new URL(placeOf(asked)).pathname;

/** The key goes to the connection alone; a link goes without it, and only where the vendor's links lead. */
function mayAsk({ vendor, connection }: Line, asked: Ask): void {
  const { origin, protocol, hostname } = new URL(asked.url);
  const base = new URL(connection.baseUrl);
  if (asked.isSignedLink !== true) {
    if (origin === base.origin) return;
    throw new Unreadable(`a page of ${base.origin} names ${origin} as the next one; the key is not sent there`);
  }
  // Beside the vendor's own hosts: the one that is asked anyway (a proxy, a simulated vendor), by whatever port.
  const isOwn = hostname === base.hostname && protocol === base.protocol;
  const isListed = protocol === 'https:' && vendor.linkHosts?.some((host) => host.test(hostname)) === true;
  if (!isOwn && !isListed)
    throw new Unreadable(
      `a page of ${base.origin} links to ${origin}, where no link of ${vendor.title} leads; it is not asked`,
    );
}
