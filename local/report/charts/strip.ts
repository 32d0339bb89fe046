import { n, svg } from './svg.ts';

const STEP = 7.5;

/** One mark a day, oldest first: whole, partial, notdue, late, restated or none; shapes differ as well as colours. */
export function strip(states: readonly string[]): string {
  const marks = states.map((state, i) => {
    const x = i * STEP;
    const box = (y: number, height: number, kind: string): string =>
      `<rect x="${n(x)}" y="${n(y)}" width="6" height="${n(height)}" class="${kind}"/>`;
    if (state === 'whole') return box(0, 14, 'day-whole');
    if (state === 'restated') return box(0, 14, 'day-restated') + box(5.5, 3, 'day-notch');
    if (state === 'partial') return box(7, 7, 'day-whole');
    if (state === 'late') return [0, 5.3, 10.6].map((y) => box(y, 3.4, 'day-late')).join('');
    if (state === 'notdue') return `<rect x="${n(x + 0.5)}" y="0.5" width="5" height="13" class="day-notdue"/>`;
    return box(12, 2, 'day-none');
  });
  return svg(Math.max(6, states.length * STEP - 1.5), 14, marks.join(''), 'inline');
}
