import { spread } from './spread.ts';
import { label, line, n, type Point, scale, svg, through, widthOf } from './svg.ts';
import { tickMoney, ticks } from './ticks.ts';

/** Running total of a period beside the one before and a limit. */
export interface Running {
  readonly width: number;
  readonly height: number;
  /** Days in the whole period, also those to come. */
  readonly length: number;
  /** Total at the end of each day so far; `estimatedFrom` is the first index that holds estimates. */
  readonly now: readonly number[];
  readonly estimatedFrom: number;
  readonly past: readonly number[];
  readonly budget: number | null;
  /** Names of days 1 … length where a mark stands. */
  readonly marks: readonly { readonly day: number; readonly name: string }[];
  readonly labels: { readonly now: string; readonly past: string; readonly budget: string };
  readonly sign: string;
}

/** Lines: now solid, its estimated end dashed, before in grey, the budget as a dashed level. */
export function running({
  width,
  height,
  length,
  now,
  estimatedFrom,
  past,
  budget,
  marks,
  labels,
  sign,
}: Running): string {
  const wide = width >= 420;
  const left = 48;
  const right = wide ? 12 + Math.max(...[labels.now, labels.past, labels.budget].map(widthOf)) : 10;
  const top = 14;
  const floor = height - 22;
  const high = Math.max(...now, ...past, budget ?? 0, 1);
  const levels = ticks(high * (wide ? 1.01 : 1.08), 4);
  const y = scale(0, levels.at(-1) ?? 1, floor, top);
  const x = scale(0, length, left, width - right);
  const line_ = (values: readonly number[]): Point[] => [
    [x(0), y(0)],
    ...values.map((value, i): Point => [x(i + 1), y(value)]),
  ];
  const points = line_(now);
  const last = points.at(-1) ?? [x(0), y(0)];
  let body = levels
    .map(
      (level) =>
        line(left, y(level), width - right, y(level), level === 0 ? 'axis' : 'grid') +
        label(left - 8, y(level) + 4, tickMoney(level, sign), 'tick', 'end'),
    )
    .join('');
  for (const { day, name } of marks) {
    const end = day === length;
    body += label(end ? Math.min(width, x(day) + 18) : x(day), height - 6, name, 'tick', end ? 'end' : 'middle');
  }
  if (past.length > 0) body += `<path d="${through(line_(past.slice(0, length)))}" class="line past"/>`;
  if (budget !== null) body += line(x(0), y(budget), x(length), y(budget), 'budget');
  body += `<path d="${through(points.slice(0, estimatedFrom + 1))}" class="line now"/>`;
  if (estimatedFrom < now.length) body += `<path d="${through(points.slice(estimatedFrom))}" class="line now dashed"/>`;
  body += `<circle cx="${n(last[0])}" cy="${n(last[1])}" r="3.5" class="dot"/>`;
  if (!wide) {
    return svg(
      width,
      height,
      body + (budget === null ? '' : label(x(0) + 4, y(budget) - 5, labels.budget, 'label warn halo')),
    );
  }
  const ends = [
    { at: last[1], words: labels.now, kind: 'strong' },
    ...(budget === null ? [] : [{ at: y(budget), words: labels.budget, kind: 'warn' }]),
    ...(past.length === 0
      ? []
      : [{ at: y(past[Math.min(past.length, length) - 1] ?? 0), words: labels.past, kind: 'muted' }]),
  ];
  for (const { at, words, kind } of spread(ends, 15, top + 2, floor))
    body += label(x(length) + 9, at + 4, words, `label ${kind}`);
  return svg(width, height, body);
}
