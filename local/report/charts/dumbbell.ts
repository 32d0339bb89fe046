import { line, n, scale, svg } from './svg.ts';

/** A share now and before, each between 0 and 1; null is unknown. */
export interface Dumbbell {
  readonly width: number;
  readonly now: number | null;
  readonly before: number | null;
}

/** Two dots on a line from 0 to 100 %: hollow before, filled now. */
export function dumbbell({ width, now, before }: Dumbbell): string {
  const x = scale(0, 1, 6, width - 6);
  const dot = (share: number | null, kind: string): string =>
    share === null ? '' : `<circle cx="${n(x(share))}" cy="10" r="4.5" class="dot${kind}"/>`;
  return svg(
    width,
    20,
    line(x(0), 10, x(1), 10, 'grid') +
      line(x(0), 6, x(0), 14, 'soft') +
      line(x(1), 6, x(1), 14, 'soft') +
      (now === null || before === null ? '' : line(x(before), 10, x(now), 10, 'line')) +
      dot(before, ' hollow') +
      dot(now, ''),
    'inline',
  );
}
