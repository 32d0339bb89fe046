import { n, type Point, scale, svg, through } from './svg.ts';

/** A few values in time order; `dashed` of the last ones are not final. */
export interface Spark {
  readonly values: readonly number[];
  readonly dashed: number;
}

/** A line the size of a word. */
export function spark({ values, dashed }: Spark): string {
  const width = 92;
  const height = 22;
  const x = scale(0, Math.max(1, values.length - 1), 2, width - 4);
  const y = scale(0, Math.max(...values, 1), height - 2, 3);
  const points = values.map((value, i): Point => [x(i), y(value)]);
  const last = points.at(-1);
  if (last === undefined) return svg(width, height, '', 'inline');
  const solid = points.slice(0, Math.max(1, points.length - dashed));
  const tail = dashed > 0 && points.length > dashed ? points.slice(points.length - dashed - 1) : [];
  return svg(
    width,
    height,
    `<path d="${through(points)}L${n(last[0])} ${height - 1}L2 ${height - 1}Z" class="under"/>` +
      `<path d="${through(solid)}" class="line spark"/>` +
      (tail.length > 1 ? `<path d="${through(tail)}" class="line spark dashed"/>` : '') +
      `<circle cx="${n(last[0])}" cy="${n(last[1])}" r="2" class="dot"/>`,
    'inline',
  );
}
