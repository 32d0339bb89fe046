/** Something that wants to stand at a place. */
export interface Placed {
  readonly at: number;
}

/** Moves labels apart so that none is closer than `gap`, in order, between low and high as far as there is room. */
export function spread<T extends Placed>(labels: readonly T[], gap: number, low: number, high: number): T[] {
  const order = labels.toSorted((a, b) => a.at - b.at);
  const places: number[] = [];
  for (const { at } of order) places.push(Math.max(at, places.length === 0 ? low : (places.at(-1) ?? low) + gap));
  for (let i = places.length - 1; i >= 0; i -= 1) {
    const limit = i === places.length - 1 ? high : (places[i + 1] ?? high) - gap;
    places[i] = Math.min(places[i] ?? limit, limit);
  }
  return order.map((label, i) => ({ ...label, at: places[i] ?? label.at }));
}
