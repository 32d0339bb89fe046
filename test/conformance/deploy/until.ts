import { setTimeout } from 'node:timers/promises';

/** Looks again until something holds, and gives what was seen last, also when patience (milliseconds) ended. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, patience = 240_000): Promise<T> {
  for (const end = Date.now() + patience; ; await setTimeout(500)) {
    const seen = await look();
    if (holds(seen) || Date.now() > end) return seen;
  }
}
