import type { Platform } from '../platform.ts';
import type { AnySource, CollectMessage } from '../source.ts';
import { changeStatus } from '../status.ts';
import { billingPeriodOf, days, instant, later } from '../time.ts';
import type { Composed } from './compose.ts';
import { type Budget, NotYet, Refusal } from './failure.ts';

/** Notes what became of the days, and asks for the months whose facts changed. */
export async function finished(
  platform: Platform,
  message: CollectMessage,
  source: AnySource,
  composed: readonly Composed[],
  budget: Budget,
): Promise<void> {
  const now = instant(platform.clock.now());
  for (const { day, stored, completeThrough, note } of composed) {
    await changeStatus(platform, source.id, message.connection, day, (was) => ({
      due_at: later(was?.due_at, message.due),
      tried_at: now,
      outcome: stored.outcome,
      message:
        stored.outcome === 'shrunken'
          ? `${day} would shrink from ${stored.rows} rows; look at the vendor, then npm run collect -- --force ${source.id}.${message.connection.slice(message.connection.indexOf('.') + 1)} ${day}`
          : note,
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

/** Notes why the days could not be read. */
export async function failed(
  platform: Platform,
  message: CollectMessage,
  error: unknown,
  budget: Budget,
): Promise<void> {
  // Waiting is no failure: the queue comes again.
  if (error instanceof NotYet) return;
  const refused = error instanceof Refusal && (error.status === 401 || error.status === 403 || error.status === 404);
  const now = instant(platform.clock.now());
  for (const day of message.probed ?? days(message.from, message.to)) {
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
