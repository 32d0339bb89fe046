import { label, line, n, scale, svg, through } from './svg.ts';
import { tickMoney, ticks } from './ticks.ts';

/** A week's figure with its range; null where there is nothing to divide by. */
export interface IntervalWeek {
  readonly name: string;
  readonly low: number | null;
  readonly mid: number | null;
  readonly high: number | null;
  readonly whole: boolean;
}

/** A figure over weeks. */
export interface Interval {
  readonly width: number;
  readonly height: number;
  readonly weeks: readonly IntervalWeek[];
  /** Top of the scale, the same for all pictures side by side. */
  readonly max: number;
  readonly axis: boolean;
  readonly sign: string;
}

interface Drawn {
  readonly i: number;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** Line with its low–high band, a gap and a tick where there is no figure, an open dot for a week not whole. */
export function interval({ width, height, weeks, max, axis, sign }: Interval): string {
  const left = axis ? 38 : 4;
  const floor = height - 18;
  const x = scale(0, Math.max(1, weeks.length - 1), left + 4, width - 8);
  const y = scale(0, max, floor, 8);
  const cut = (value: number): number => y(Math.min(value, max));
  let body = ticks(max, 2)
    .filter((level) => level <= max)
    .map(
      (level) =>
        line(left, y(level), width - 8, y(level), level === 0 ? 'axis' : 'grid') +
        (axis ? label(left - 6, y(level) + 4, tickMoney(level, sign), 'tick', 'end') : ''),
    )
    .join('');
  const drawn = weeks.map(({ low, mid, high, whole }, i): (Drawn & { whole: boolean }) | null =>
    mid === null ? null : { i, low: low ?? mid, mid, high: high ?? mid, whole },
  );
  const runs: Drawn[][] = [[]];
  for (const week of drawn) {
    if (week?.whole) runs.at(-1)?.push(week);
    else runs.push([]);
  }
  for (const run of runs.filter(({ length }) => length > 0)) {
    const edge = [
      ...run.map(({ i, high }) => [x(i), cut(high)] as const),
      ...run.toReversed().map(({ i, low }) => [x(i), cut(low)] as const),
    ];
    body += `<path class="band" d="${through(edge)}Z"/><path class="line now" d="${through(run.map(({ i, mid }) => [x(i), cut(mid)] as const))}"/>`;
  }
  drawn.forEach((week, i) => {
    if (week === null) body += line(x(i), floor - 4, x(i), floor + 4, 'none-mark');
    else if (!week.whole) {
      body +=
        line(x(i), cut(week.low), x(i), cut(week.high), 'whisker') +
        `<circle cx="${n(x(i))}" cy="${n(cut(week.mid))}" r="3" class="dot hollow"/>`;
    }
  });
  const last = drawn.findLast((week) => week?.whole);
  if (last) body += `<circle cx="${n(x(last.i))}" cy="${n(cut(last.mid))}" r="3" class="dot"/>`;
  const [first, end] = [weeks[0], weeks.at(-1)];
  if (first !== undefined) body += label(left + 4, height - 4, first.name, 'tick');
  if (end !== undefined && end !== first && width - left > 96)
    body += label(width - 5, height - 4, end.name, 'tick', 'end');
  return svg(width, height, body);
}
