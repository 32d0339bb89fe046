import type { Line } from './collect/ask.ts';
import { discard, isKept, keep, kept } from './collect/checkpoint.ts';
import { type Budget, NotYet, Refusal } from './collect/failure.ts';
import { limiter } from './collect/limit.ts';
import { rememberMet, rememberNames } from './collect/names.ts';
import { rowsOf } from './collect/rows.ts';
import { storeSnapshot } from './collect/snapshot.ts';
import { type Stored, storeDay } from './collect/store.ts';
import { askWindow } from './collect/window.ts';
import { windowsOf } from './collect/windows.ts';
import type { Platform } from './platform.ts';
import { pseudonyms } from './pseudonym.ts';
import type { Answer, AnySource, CollectMessage, Connection, Source, Vendor, Window } from './source.ts';
import { changeStatus } from './status.ts';
import type { AnyRow } from './table.ts';
import { billingPeriodOf, type Day, days, HOUR, type Instant, instant, later, millis, startOf } from './time.ts';

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
 * Collects a source's days: asks window by window, keeps each window, composes the days, stores them whole.
 * Any number of times, from any point at which it was stopped, it ends in the same facts.
 * @throws Refusal, Unreadable, NotYet after writing the status, so that the queue tries again.
 */
export async function collect(platform: Platform, message: CollectMessage, given: Collecting): Promise<Collected> {
  const budget = budgetOf(platform, given.deadline);
  try {
    const result = await attempt(platform, message, given, budget);
    return { ...result, requests: budget.requests, retries: budget.retries };
  } catch (error) {
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
  const windows = windowsOf(message);
  // A message of one window need not read back what it has just kept; many windows must not all be held.
  const held = new Map<string, readonly Answer<unknown>[]>();
  for (let doubts = 0; ; doubts += 1) {
    for (const [i, window] of windows.entries()) {
      if (await isKept(platform, message, window)) continue;
      if (i > 0 && !budget.roomForAnother()) return handOn(platform, message);
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

interface Composed {
  readonly day: Day;
  readonly stored: Stored;
  readonly completeThrough: Instant | null;
}

async function compose(
  platform: Platform,
  message: CollectMessage,
  source: AnySource,
  connection: Connection,
  windows: readonly Window[],
  held: ReadonlyMap<string, readonly Answer<unknown>[]>,
): Promise<Composed[]> {
  const read = async (window: Window): Promise<readonly Answer<unknown>[]> => {
    const answers = held.get(window.from) ?? (await kept(platform, message, window));
    if (answers !== null) return answers;
    // Damaged, or swept away meanwhile: the next try asks anew.
    await discard(platform, message);
    throw new NotYet(`a kept window of ${source.id} cannot be read; it is asked again`);
  };
  const through = completeness(source, message);
  if (message.window !== 'run') {
    const rows = async function* (): AsyncGenerator<AnyRow[]> {
      for (const window of windows) yield rowsOf(source, await read(window), { window, connection });
    };
    // The last window carries the newest stamp, and is known before the rows have all been read.
    const last = windows.at(-1);
    const stamp = last === undefined ? null : through(await read(last));
    const store = source.kind === 'snapshot' ? storeSnapshot : storeDay;
    const stored = await store(platform, source, message, { day: message.from, rows: rows(), completeThrough: stamp });
    return [{ day: message.from, stored, completeThrough: stamp }];
  }
  const [window] = windows;
  if (window === undefined) return [];
  const answers = await read(window);
  const stamp = through(answers);
  const byDay = Map.groupBy(rowsOf(source, answers, { window, connection }), (row) => String(row.day));
  const composed: Composed[] = [];
  for (const day of days(message.from, message.to)) {
    const stored = await storeDay(platform, source, message, {
      day,
      rows: byDay.get(day) ?? [],
      completeThrough: stamp,
    });
    composed.push({ day, stored, completeThrough: stamp });
  }
  return composed;
}

/** Up to when answers are whole: the vendor's stamp, else the end asked for (the due time, if that is earlier) less the stated lag. */
function completeness(of: AnySource, message: CollectMessage): (answers: readonly Answer<unknown>[]) => Instant | null {
  const source = of as unknown as Source;
  const assumed = instant(Math.min(startOf(message.to), millis(message.due) - source.lag.usualHours * HOUR));
  return (answers) => source.completeThrough?.(answers) ?? assumed;
}

async function handOn(platform: Platform, message: CollectMessage): Promise<{ finished: false; days: [] }> {
  const part = message.part + 1;
  await platform.queue.send([toMessage({ ...message, part })]);
  return { finished: false, days: [] };
}

/** A unit of work as the queue carries it: one group per connection and mode, so that a backfill never delays today. */
export function toMessage(body: CollectMessage): { queue: string; group: string; id: string; body: CollectMessage } {
  const { source, connection, from, due, mode, part } = body;
  const vendor = connection.slice(0, connection.indexOf('.'));
  return {
    queue: `collect.${vendor}`,
    group: `${connection}.${mode}`,
    id: `${source}.${connection}.${from}.${due}.${part}`,
    body,
  };
}

async function finished(
  platform: Platform,
  message: CollectMessage,
  source: AnySource,
  composed: readonly Composed[],
  budget: Budget,
): Promise<void> {
  const now = instant(platform.clock.now());
  for (const { day, stored, completeThrough } of composed) {
    await changeStatus(platform, source.id, message.connection, day, (was) => ({
      due_at: later(was?.due_at, message.due),
      tried_at: now,
      outcome: stored.outcome,
      message:
        stored.outcome === 'shrunken'
          ? `${day} would shrink from ${stored.rows} rows; look at the vendor, then npm run collect -- --force ${source.id}.${message.connection.slice(message.connection.indexOf('.') + 1)} ${day}`
          : null,
      row_count: stored.rows,
      request_count: budget.requests,
      retry_count: budget.retries,
      complete_through:
        stored.outcome === 'shrunken' || stored.outcome === 'older' ? (was?.complete_through ?? null) : completeThrough,
      generation: stored.outcome === 'shrunken' || stored.outcome === 'older' ? (was?.generation ?? null) : message.due,
      restated_count: (was?.restated_count ?? 0) + (stored.restated ? 1 : 0),
    }));
  }
  const changed = composed.filter(({ stored }) => stored.fresh).map(({ day }) => day);
  if (changed.length === 0) return;
  // Month and due time: many days of a backfill ask for the month once.
  const periods = [...new Set(changed.map(billingPeriodOf))];
  await platform.queue.send(
    periods.map((period) => ({
      queue: 'materialise',
      group: period,
      id: `${period}.${source.id}.${message.connection}.${message.from}.${message.due}`,
      body: { days: changed.filter((day) => billingPeriodOf(day) === period), mode: message.mode },
    })),
  );
}

async function failed(platform: Platform, message: CollectMessage, error: unknown, budget: Budget): Promise<void> {
  // Waiting is no failure: the queue comes again.
  if (error instanceof NotYet) return;
  const refused = error instanceof Refusal && (error.status === 401 || error.status === 403 || error.status === 404);
  const now = instant(platform.clock.now());
  for (const day of days(message.from, message.to)) {
    await changeStatus(platform, message.source, message.connection, day, (was) => ({
      due_at: later(was?.due_at, message.due),
      tried_at: now,
      outcome: refused ? 'refused' : 'failed',
      message: error instanceof Error ? error.message : String(error),
      row_count: was?.row_count ?? null,
      request_count: budget.requests,
      retry_count: budget.retries,
      complete_through: was?.complete_through ?? null,
      generation: was?.generation ?? null,
      restated_count: was?.restated_count ?? 0,
    }));
  }
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
