const MOST_ROWS = 200_000;

/** Keeps the rows of the days asked for last, so many rows at most, and makes the others again when asked. */
export function dayCache<Row>(make: (day: number) => readonly Row[]): (day: number) => readonly Row[] {
  const kept = new Map<number, readonly Row[]>();
  let rows = 0;
  return (day) => {
    const known = kept.get(day);
    if (known !== undefined) {
      kept.delete(day);
      kept.set(day, known);
      return known;
    }
    const made = make(day);
    kept.set(day, made);
    rows += made.length;
    for (const [oldest, old] of kept) {
      if (rows <= MOST_ROWS || oldest === day) break;
      kept.delete(oldest);
      rows -= old.length;
    }
    return made;
  };
}
