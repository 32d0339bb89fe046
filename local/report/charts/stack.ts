import { spread } from './spread.ts';
import { label, line, n, scale, svg } from './svg.ts';
import { tickMoney, ticks } from './ticks.ts';

/** A sparse value: day index and amount. */
export type At = readonly [day: number, amount: number];

/** One colour of the stack. */
export interface StackSeries {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly billed: readonly number[];
  readonly estimated: readonly At[];
  /** Expected from a source that is late: drawn as an outline, in no total. */
  readonly late: readonly At[];
}

/** A numbered flag above a day. */
export interface Flag {
  readonly day: number;
  readonly mark: string;
  readonly state: string;
}

/** Stacked bars, one a day. */
export interface Stack {
  readonly width: number;
  /** Days by index; `month` names the month that begins there. */
  readonly days: readonly { readonly month: string | null; readonly focus: boolean }[];
  /** What each day counts, late amounts apart: read out beside the picture. */
  readonly totals: readonly number[];
  readonly series: readonly StackSeries[];
  readonly flags: readonly Flag[];
  readonly sign: string;
}

/** The plot's left edge and the room of one day: what a pointer needs to find a day. */
export function stackDays({ width, days }: Pick<Stack, 'width' | 'days'>): { left: number; step: number } {
  return { left: 48, step: (width - 48 - 6) / Math.max(1, days.length) };
}

const KINDS = ['billed', 'estimated', 'late'] as const;

const amounts = (
  { billed, estimated, late }: StackSeries,
  length: number,
): Record<(typeof KINDS)[number], number[]> => {
  const dense = (sparse: readonly At[]): number[] => {
    const all = Array<number>(length).fill(0);
    for (const [day, amount] of sparse) all[day] = amount;
    return all;
  };
  return { billed: [...billed], estimated: dense(estimated), late: dense(late) };
};

const paint = (kind: string, color: string): string => {
  if (kind === 'late') return `fill="none" stroke="var(--c-${color})" stroke-dasharray="2 2"`;
  return `fill="${kind === 'estimated' ? `url(#hatch-${color})` : `var(--c-${color})`}"`;
};

/** Bars by day: solid billed, hatched estimated, dashed outline late; days outside the period are faded. */
export function stack({ width, days, series, flags, sign }: Omit<Stack, 'totals'>): string {
  const height = width < 500 ? 220 : 268;
  const { left, step } = stackDays({ width, days });
  const top = flags.length > 0 ? 28 : 10;
  const floor = height - 22;
  const parts = series.map((one) => ({ one, values: amounts(one, days.length) }));
  const tops = days.map((_, day) =>
    parts.reduce((above, { values }) => above + KINDS.reduce((sum, kind) => sum + (values[kind][day] ?? 0), 0), 0),
  );
  const marks = ticks(Math.max(...tops, 1), 4);
  const y = scale(0, marks.at(-1) ?? 1, floor, top);
  const gap = step > 6 ? 1.5 : step > 4 ? 1 : 0.5;
  let body = marks
    .map(
      (mark) =>
        line(left, y(mark), width - 6, y(mark), mark === 0 ? 'axis' : 'grid') +
        label(left - 8, y(mark) + 4, tickMoney(mark, sign), 'tick', 'end'),
    )
    .join('');
  let labelled = -99;
  days.forEach(({ month }, day) => {
    if (month === null) return;
    const x = left + day * step;
    body += line(x, floor, x, floor + 5, 'axis');
    if (x > width - 30 || x - labelled < 30) return;
    labelled = x;
    body += label(x + 3, height - 6, month, 'tick');
  });
  const below = days.map(() => 0);
  for (const { one, values } of parts) {
    const paths = new Map<string, string>();
    days.forEach(({ focus }, day) => {
      for (const kind of KINDS) {
        const amount = values[kind][day] ?? 0;
        if (amount <= 0) continue;
        const from = y(below[day] ?? 0);
        below[day] = (below[day] ?? 0) + amount;
        const to = y(below[day] ?? 0);
        const x = left + day * step;
        const seam = from - to > 2 ? 0.6 : 0;
        const key = focus ? kind : `${kind} dim`;
        paths.set(
          key,
          `${paths.get(key) ?? ''}M${n(x + gap / 2)} ${n(from - seam)}V${n(to)}H${n(x + step - gap / 2)}V${n(from - seam)}Z`,
        );
      }
    });
    for (const [key, path] of paths) {
      body += `<path class="mark ${key}" d="${path}" ${paint(key.split(' ')[0] ?? '', one.color)}/>`;
    }
  }
  const placed = spread(
    flags.map((flag) => ({ ...flag, at: left + (flag.day + 0.5) * step })),
    18,
    left + 8,
    width - 10,
  );
  for (const { day, mark, state, at } of placed) {
    const x = left + (day + 0.5) * step;
    body += `<path d="M${n(at)} 20V${top}L${n(x)} ${top + 6}V${n(Math.max(top + 6, y(tops[day] ?? 0) - 3))}" class="flag"/><circle cx="${n(at)}" cy="12" r="8" class="flag-dot ${state}"/>${label(at, 15.5, mark, 'flag-text', 'middle')}`;
  }
  body += `<rect class="cursor" x="-99" y="${top - 4}" width="${n(Math.max(step, 2))}" height="${n(floor - top + 4)}"/>`;
  return svg(width, height, body);
}
