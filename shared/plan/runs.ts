import type { AnySource, CollectMessage } from '../source.ts';
import { addDays, DAY, type Day, type Instant, later, startOf } from '../time.ts';

/** Rows of a day above which it is asked in hours, so that a window fits in memory. */
const LARGE_DAY = 50_000;

/** Days that are due, in order, each with its due time. */
export type DueDays = ReadonlyMap<Day, Instant>;

/**
 * Questions for days that are due: neighbours together, as many as one question may cover; a day that `isLive` alone.
 * `rows`: the most that a day of this source ever had.
 */
export function inRuns(
  source: Pick<AnySource, 'id' | 'span'>,
  connection: string,
  due: DueDays,
  rows: number,
  isLive: (day: Day) => boolean,
): CollectMessage[] {
  const messages: CollectMessage[] = [];
  const large = rows > LARGE_DAY;
  const span = large ? 1 : Math.max(1, Math.min(source.span, Math.floor(LARGE_DAY / Math.max(rows, 1))));
  for (const [day, at] of due) {
    const live = isLive(day);
    const last = messages.at(-1);
    const joins =
      last !== undefined &&
      !live &&
      last.mode === 'backfill' &&
      last.to === day &&
      startOf(day) - startOf(last.from) < span * DAY;
    if (joins) messages[messages.length - 1] = { ...last, to: addDays(day, 1), due: later(last.due, at) };
    else {
      messages.push({
        source: source.id,
        connection,
        from: day,
        to: addDays(day, 1),
        due: at,
        mode: live ? 'live' : 'backfill',
        window: live || span === 1 ? (large ? 'hour' : 'day') : 'run',
        part: 0,
        force: false,
      });
    }
  }
  return messages;
}

/** Questions to a source's probe about days that have settled, gaps and all: one covers as many as its source allows. */
export function inProbes(source: Pick<AnySource, 'id' | 'span'>, connection: string, due: DueDays): CollectMessage[] {
  const messages: CollectMessage[] = [];
  for (const [day, at] of due) {
    const last = messages.at(-1);
    if (last?.probed !== undefined && startOf(day) - startOf(last.from) < source.span * DAY) {
      const probed = [...last.probed, day];
      messages[messages.length - 1] = { ...last, to: addDays(day, 1), due: later(last.due, at), probed };
      continue;
    }
    messages.push({
      source: source.id,
      connection,
      from: day,
      to: addDays(day, 1),
      due: at,
      mode: 'backfill',
      window: 'run',
      part: 0,
      force: false,
      probed: [day],
    });
  }
  return messages;
}

/** A unit of work as the queue carries it: one group per connection and mode, so that a backfill never delays today. */
export function toMessage(body: CollectMessage): { queue: string; group: string; id: string; body: CollectMessage } {
  const { source, connection, from, due, mode, part, probed } = body;
  const vendor = connection.slice(0, connection.indexOf('.'));
  return {
    queue: `collect.${vendor}`,
    group: `${connection}.${mode}`,
    id: `${source}.${connection}.${from}.${due}.${part}${probed === undefined ? '' : '.probe'}`,
    body,
  };
}
