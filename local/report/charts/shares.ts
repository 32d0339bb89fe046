import { label, line, n, scale, svg, widthOf } from './svg.ts';

/** Columns of one whole each, cut into shares. */
export interface Shares {
  readonly width: number;
  readonly columns: readonly { readonly name: string; readonly whole: boolean }[];
  /** From the floor up; shares of a column add up to at most 1. */
  readonly series: readonly { readonly color: string; readonly shares: readonly number[] }[];
}

const HEIGHT = 170;
const LEFT = 48;
const NAME = 52;

/** A column a week up to 100 %; a week that is not whole is faded, and one without spend is empty. */
export function shares({ width, columns, series }: Shares): string {
  const floor = HEIGHT - 22;
  const y = scale(0, 1, floor, 10);
  const step = (width - LEFT - 6) / Math.max(1, columns.length);
  const gap = Math.min(6, step * 0.18);
  let body = [0, 0.5, 1]
    .map(
      (mark) =>
        line(LEFT, y(mark), width - 6, y(mark), mark === 0 ? 'axis' : 'grid') +
        label(LEFT - 8, y(mark) + 4, `${mark * 100} %`, 'tick', 'end'),
    )
    .join('');
  const below = columns.map(() => 0);
  for (const { color, shares: values } of series) {
    for (const [kind, whole] of [
      ['billed', true],
      ['billed dim', false],
    ] as const) {
      const path = columns
        .map((column, i) => {
          const share = values[i] ?? 0;
          if (share <= 0 || column.whole !== whole) return '';
          const from = y(below[i] ?? 0);
          below[i] = (below[i] ?? 0) + share;
          const x = LEFT + i * step;
          const seam = from - y(below[i] ?? 0) > 2 ? 0.6 : 0;
          return `M${n(x + gap / 2)} ${n(from - seam)}V${n(y(below[i] ?? 0))}H${n(x + step - gap / 2)}V${n(from - seam)}Z`;
        })
        .join('');
      if (path !== '') body += `<path class="mark ${kind}" d="${path}" fill="var(--c-${color})"/>`;
    }
  }
  const each = Math.max(1, Math.ceil(NAME / step));
  columns.forEach(({ name }, i) => {
    if ((columns.length - 1 - i) % each === 0)
      body += label(Math.min(LEFT + (i + 0.5) * step, width - widthOf(name) / 2), HEIGHT - 6, name, 'tick', 'middle');
  });
  return svg(width, HEIGHT, body);
}
