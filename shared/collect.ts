import type { Line } from './collect/ask.ts';
import { discard, isKept, keep } from './collect/checkpoint.ts';
import { compose } from './collect/compose.ts';
import { type Budget, NotYet, TooMuch } from './collect/failure.ts';
import { limiter } from './collect/limit.ts';
import { rememberMet, rememberNames } from './collect/names.ts';
import { failed, finished } from './collect/outcome.ts';
import { settle } from './collect/probe.ts';
import type { Stored } from './collect/store.ts';
import { askWindow } from './collect/window.ts';
import { windowsOf } from './collect/windows.ts';
import { toMessage } from './plan/runs.ts';
import type { Platform } from './platform.ts';
import { pseudonyms } from './pseudonym.ts';
import type { Answer, AnySource, CollectMessage, Connection, Vendor, Window } from './source.ts';
import { addDays, type Day, days } from './time.ts';

/** What the loop is given besides the message. */
export interface Collecting {
  readonly source: AnySource;
  readonly vendor: Vendor;
  readonly connection: Connection;
  /** When this run must have ended, epoch milliseconds. */
  readonly deadline: number;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What a run did. */
export interface Collected {
  /** False when the rest has been handed on. */
  readonly finished: boolean;
  readonly days: readonly { readonly day: Day; readonly outcome: Stored['outcome']; readonly rows: number }[];
  readonly requests: number;
  readonly retries: number;
}

/** Time kept in hand to hand the rest on, in milliseconds. */
const RESERVE = 60_000;
/** How often a suspiciously small answer is asked again before it is believed to be what the vendor says. */
const DOUBTS = 2;

/**
 * Collects a source's days, or probes them: asks window by window, keeps each window, composes the days, stores them whole.
 * Any number of times, from any point at which it was stopped, it ends in the same facts.
 * @throws Refusal, Unreadable, NotYet after writing the status, so that the queue tries again.
 */
export async function collect(platform: Platform, message: CollectMessage, given: Collecting): Promise<Collected> {
  const budget = budgetOf(platform, given.deadline);
  try {
    const result = await attempt(platform, message, given, budget);
    return { ...result, requests: budget.requests, retries: budget.retries };
  } catch (error) {
    if (error instanceof TooMuch) {
      await handOn(platform, inSmaller(message));
      return { finished: false, days: [], requests: budget.requests, retries: budget.retries };
    }
    await failed(platform, message, error, budget);
    throw error;
  }
}

async function attempt(
  platform: Platform,
  message: CollectMessage,
  given: Collecting,
  budget: Budget,
): Promise<Pick<Collected, 'finished' | 'days'>> {
  const { source, connection, vendor } = given;
  const secret = await platform.secrets.read(connection.secret);
  const line: Line = {
    platform,
    vendor,
    connection,
    budget,
    headers: await vendor.signIn(platform, secret, connection.baseUrl),
    timeoutMs: given.timeoutMs,
    permit: limiter(platform, connection.id, vendor.requestsPerMinute),
  };
  const { probe } = source;
  if (message.probed !== undefined && probe !== undefined) {
    const { probed } = message;
    return { finished: true, days: await settle(platform, { ...message, probed }, line, { ...source, probe }) };
  }
  const windows = windowsOf(message);
  // A message of one window need not read back what it has just kept; many windows must not all be held.
  const held = new Map<string, readonly Answer<unknown>[]>();
  for (let doubts = 0; ; doubts += 1) {
    for (const [i, window] of windows.entries()) {
      if (await isKept(platform, message, window)) continue;
      if (i > 0 && !budget.roomForAnother()) return handOn(platform, [message]);
      const answers = await fetchWindow(platform, message, line, source, window);
      if (windows.length === 1) held.set(window.from, answers);
    }
    const composed = await compose(platform, message, source, connection, windows, held);
    held.clear();
    const small = composed.filter(({ stored }) => stored.outcome === 'shrunken');
    if (small.length > 0 && doubts < DOUBTS) {
      await discard(platform, message);
      await budget.pause(1000, new NotYet(`${source.id} answered suspiciously little`));
      continue;
    }
    await finished(platform, message, source, composed, budget);
    return {
      finished: true,
      days: composed.map(({ day, stored }) => ({ day, outcome: stored.outcome, rows: stored.rows })),
    };
  }
}

async function fetchWindow(
  platform: Platform,
  message: CollectMessage,
  line: Line,
  source: AnySource,
  window: Window,
): Promise<readonly Answer<unknown>[]> {
  const { connection } = line;
  const asked = await askWindow(source, line, { window, connection }, pseudonyms(platform.crypto));
  // Names first: once the window is kept it is not asked again.
  await rememberNames(platform, source, connection, asked.identities);
  if (source.table.name !== 'principals') {
    await rememberMet(platform, source, connection, message.from, asked.principals);
  }
  await keep(platform, message, window, asked.answers);
  return asked.answers;
}

/** The same days in smaller windows: a run by the day, a day by the hour. */
function inSmaller(message: CollectMessage): CollectMessage[] {
  if (message.window !== 'run') return [{ ...message, window: 'hour' }];
  return [...days(message.from, message.to)].map((from) => ({
    ...message,
    from,
    to: addDays(from, 1),
    window: 'day' as const,
  }));
}

async function handOn(platform: Platform, rest: readonly CollectMessage[]): Promise<{ finished: false; days: [] }> {
  await platform.queue.send(rest.map((message) => toMessage({ ...message, part: message.part + 1 })));
  return { finished: false, days: [] };
}

function budgetOf({ clock }: Platform, deadline: number): Budget {
  const budget: Budget = {
    requests: 0,
    retries: 0,
    pause: async (ms, why) => {
      if (clock.now() + ms > deadline - RESERVE / 2)
        throw new NotYet(`no time left to wait: ${why.message}`, { cause: why });
      await clock.sleep(ms);
    },
    roomForAnother: () => clock.now() < deadline - RESERVE,
  };
  return budget;
}
