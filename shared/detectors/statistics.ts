/** The middle of numbers; of an even count, halfway between the two middle ones. NaN when there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The median distance from the middle, scaled to be the standard deviation where values are normal. */
export function spread(values: readonly number[], middle = median(values)): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/** What is believed of a spread before any day is seen. */
export interface Prior {
  readonly spread: number;
  /** As many days as the belief weighs. */
  readonly days: number;
  readonly least: number;
  readonly most: number;
}

/** Level and spread of positive amounts on the log scale, the spread drawn to the prior and kept within its limits. */
export function logLevel(
  amounts: readonly number[],
  prior: Prior,
): { readonly middle: number; readonly spread: number } {
  const logs = amounts.map(Math.log);
  const middle = median(logs);
  const own = logs.length === 0 ? 0 : spread(logs, middle);
  const drawn = Math.sqrt((logs.length * own ** 2 + prior.days * prior.spread ** 2) / (logs.length + prior.days));
  return { middle, spread: Math.min(Math.max(drawn, prior.least), prior.most) };
}
