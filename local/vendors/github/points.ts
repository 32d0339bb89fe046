const HOUR_MS = 3_600_000;
const POINTS_AN_HOUR = 5000;

/** What is left of an hour's points after a request; `remaining` is negative once there were none for it. */
export interface Points {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch seconds at which the points are whole again. */
  readonly resetAt: number;
}

/** Counts a point a request against the hour of a clock, as the primary limit of a token does. */
export function hourlyPoints(now: () => number): () => Points {
  let begun = Number.NEGATIVE_INFINITY;
  let used = 0;
  return () => {
    const time = now();
    if (time - begun >= HOUR_MS || time < begun) {
      begun = time;
      used = 0;
    }
    used += 1;
    return { limit: POINTS_AN_HOUR, remaining: POINTS_AN_HOUR - used, resetAt: Math.ceil((begun + HOUR_MS) / 1000) };
  };
}
