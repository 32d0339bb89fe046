import type { Platform } from '../platform.ts';
import type { Answer, AnySource, CollectMessage, Connection, Source, Window } from '../source.ts';
import type { AnyRow } from '../table.ts';
import { Damaged, discard, kept } from './checkpoint.ts';
import { NotYet } from './failure.ts';
import { within } from './rows.ts';

/** Reads a message's windows. @throws NotYet when one that was kept cannot be read; it is then asked again */
export interface Reader {
  readonly answersOf: (window: Window) => Promise<readonly Answer<unknown>[]>;
  /** In no order; where the source tallies, no more than one answer of the window is held. */
  readonly rowsOf: (window: Window) => Promise<AnyRow[]>;
}

/** A reader of what a message's windows were answered. `held`: answers still in memory. */
export function reader(
  platform: Pick<Platform, 'objects' | 'codec'>,
  message: CollectMessage,
  of: AnySource,
  connection: Connection,
  held: ReadonlyMap<string, readonly Answer<unknown>[]>,
): Reader {
  // As in askWindow: a page's type stays between the source's own functions.
  const source = of as unknown as Source;
  const oneByOne = async function* (window: Window): AsyncGenerator<Answer<unknown>> {
    try {
      yield* held.get(window.from) ?? kept(platform, message, window);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      // Damaged, or swept away meanwhile: the next try asks anew.
      await discard(platform, message);
      throw new NotYet(`a kept window of ${source.id} cannot be read; it is asked again`);
    }
  };
  const answersOf = async (window: Window): Promise<readonly Answer<unknown>[]> =>
    held.get(window.from) ?? (await Array.fromAsync(oneByOne(window)));
  const told = async (window: Window): Promise<Iterable<AnyRow>> => {
    const asking = { window, connection };
    if (source.tally === undefined) return source.rows(await answersOf(window), asking);
    const tally = source.tally(asking);
    for await (const answer of oneByOne(window)) tally.take(answer);
    return tally.rows();
  };
  return { answersOf, rowsOf: async (window) => within(of, window, await told(window)) };
}
