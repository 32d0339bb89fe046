const MINUTE_MS = 60_000;

/**
 * A limit of so many requests in each minute of a clock. Called once a request, it gives null when the request may pass
 * and else the whole seconds until the next one may.
 */
export function minuteLimit(most: number, now: () => number): () => number | null {
  let begun = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const time = now();
    if (time - begun >= MINUTE_MS || time < begun) {
      begun = time;
      count = 0;
    }
    count += 1;
    return count <= most ? null : Math.max(1, Math.ceil((begun + MINUTE_MS - time) / 1000));
  };
}
