import * as z from 'zod';
import { inRuns, toMessage } from '../plan/runs.ts';
import type { Platform } from '../platform.ts';
import { pseudonyms } from '../pseudonym.ts';
import type { AnyProbe, AnySource, CollectMessage, Probe } from '../source.ts';
import { changeStatus, type Status, statuses } from '../status.ts';
import { type Day, type Instant, instant, later } from '../time.ts';
import type { Line } from './ask.ts';
import { completeness } from './compose.ts';
import { Refusal, Unreadable } from './failure.ts';
import { askWindow } from './window.ts';

/**
 * A day's figure, and the due time of the question before which it was seen. It stands for what is stored exactly as
 * long as the stored answer is of that due time: taken before the answer, so that no change between is missed.
 */
const seen = z.object({ figure: z.string(), due: z.string() });
type Seen = z.infer<typeof seen>;

/** The figure of a day of which the vendor tells nothing. */
const NOTHING = '';

/** A day that has settled without being fetched. */
export interface SettledDay {
  readonly day: Day;
  readonly outcome: 'unchanged';
  readonly rows: number;
}

/**
 * Asks a source's probe about settled days. Those whose figure is as it was when they were fetched are settled again;
 * the others are queued to be fetched. A vendor that refuses the probe is asked in full.
 */
export async function settle(
  platform: Platform,
  message: CollectMessage & { readonly probed: readonly Day[] },
  line: Line,
  source: AnySource & { readonly probe: AnyProbe },
): Promise<readonly SettledDay[]> {
  const told = await figuresOf(platform, message, line, source);
  const { from, to, connection } = message;
  const known = await statuses(platform, source.id, connection, from, to);
  const settled: SettledDay[] = [];
  const moved = new Map<Day, Instant>();
  for (const day of message.probed) {
    const status = known.get(day)?.data;
    const at = { group: `probe#${source.id}#${connection}`, key: day };
    const item = await platform.state.get(at);
    const before = item === null ? null : seen.parse(item.data);
    const figure = told === null ? null : (told.figures.get(day) ?? NOTHING);
    if (status !== undefined && figure !== null && isSame(status, before, figure)) {
      await changeStatus(platform, source.id, connection, day, (was) =>
        again(was ?? status, message.due, instant(platform.clock.now()), told?.completeThrough ?? null, line),
      );
      settled.push({ day, outcome: 'unchanged', rows: status.row_count ?? 0 });
      continue;
    }
    // The first figure seen for a due time stays: a second try may come after the answer was kept.
    if (figure !== null && (before === null || before.due < message.due)) {
      await platform.state.update(at, { figure, due: message.due } satisfies Seen, item?.version ?? null);
    }
    moved.set(day, message.due);
  }
  const rows = Math.max(0, ...[...known.values()].map(({ data }) => data.row_count ?? 0));
  await platform.queue.send(inRuns(source, connection, moved, rows, () => false).map(toMessage));
  return settled;
}

interface Told {
  readonly figures: ReadonlyMap<Day, string>;
  readonly completeThrough: Instant | null;
}

/** The days' figures, told in full or not at all (null). */
async function figuresOf(
  platform: Platform,
  message: CollectMessage,
  line: Line,
  source: AnySource & { readonly probe: AnyProbe },
): Promise<Told | null> {
  const { refused: _refused, disguise: _disguise, completeThrough: _through, ...rest } = source;
  const asked: AnySource = { ...rest, ...source.probe };
  // As in askWindow: a page's type stays between the probe's own functions.
  const { readings } = source.probe as unknown as Probe<unknown>;
  const asking = {
    window: { from: `${message.from}T00:00:00.000Z`, to: `${message.to}T00:00:00.000Z` },
    connection: line.connection,
  };
  try {
    const { answers } = await askWindow(asked, line, asking, pseudonyms(platform.crypto));
    const lines = Map.groupBy(readings(answers, asking), ({ day }) => day);
    const figures = [...lines].map(([day, of]): [Day, string] => {
      const text = of.map(({ figure }) => figure).sort();
      return [day, platform.crypto.digest(JSON.stringify(text))];
    });
    return { figures: new Map(figures), completeThrough: completeness(asked, message)(answers).completeThrough };
  } catch (error) {
    // What stands in the way of the days themselves will be said of them.
    if (error instanceof Refusal || error instanceof Unreadable) return null;
    throw error;
  }
}

/** An empty answer is believed only of a day that is empty here too: vendors do answer an empty 200 now and then. */
function isSame(status: Status, before: Seen | null, figure: string): boolean {
  if (before === null || before.figure !== figure || before.due !== status.generation) return false;
  return figure !== NOTHING || status.row_count === 0;
}

const again = (was: Status, due: Instant, now: Instant, through: Instant | null, { budget }: Line): Status => ({
  ...was,
  due_at: later(was.due_at, due),
  tried_at: now,
  outcome: 'unchanged',
  message: null,
  request_count: budget.requests,
  retry_count: budget.retries,
  complete_through: through === null ? was.complete_through : later(was.complete_through, through),
});
