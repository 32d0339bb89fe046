import { line, n, scale, svg } from './svg.ts';

/** Spend against a limit, all in one unit; the estimated part is the end of the spend. */
export interface Bullet {
  readonly width: number;
  readonly spent: number;
  readonly estimated: number;
  readonly limit: number;
}

/** Spend as a bar on a track up to its budget, with marks at 50, 80 and 100 %; beyond 125 % the bar is cut and says so. */
export function bullet({ width, spent, estimated, limit }: Bullet): string {
  const end = limit * 1.25;
  const x = scale(0, end, 0, width - 7);
  const shown = Math.min(spent, end);
  const sure = Math.max(0, Math.min(spent - estimated, end));
  const bar = (from: number, to: number, fill: string): string =>
    to > from ? `<rect x="${n(x(from))}" y="6" width="${n(x(to) - x(from))}" height="8" ${fill}/>` : '';
  return svg(
    width,
    20,
    `<rect x="0" y="7" width="${n(x(limit))}" height="6" class="track"/>` +
      bar(0, sure, 'class="fill"') +
      bar(sure, shown, 'fill="url(#hatch-ink)"') +
      (spent > end ? `<path d="M${n(x(end))} 5l6 5l-6 5z" class="fill"/>` : '') +
      line(x(limit * 0.5), 5, x(limit * 0.5), 15, 'soft') +
      line(x(limit * 0.8), 5, x(limit * 0.8), 15, 'soft') +
      line(x(limit), 0, x(limit), 20, 'budget solid'),
    'inline',
  );
}
