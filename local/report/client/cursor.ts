import { addDays } from '../../../shared/time.ts';
import { type StackSeries, stackDays } from '../charts/stack.ts';
import { longDay } from '../dates.ts';
import type { Browser, Happening, Part } from './dom.ts';
import { pictureIn } from './pictures.ts';

declare const window: Browser;

const money = (amount: number, sign: string): string => `${sign}${amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;

const at = (sparse: StackSeries['late'], day: number): number => sparse.find(([one]) => one === day)?.[1] ?? 0;

/** Words for one series on one day. */
function told(series: StackSeries, day: number, sign: string): string {
  const billed = series.billed[day] ?? 0;
  const estimated = at(series.estimated, day);
  if (billed === 0 && estimated === 0 && at(series.late, day) > 0) return 'late';
  return `${estimated > 0 ? '≈' : ''}${money(billed + estimated, sign)}`;
}

/** Moves the one cursor of the spend picture to a day, and lets the legend tell it. */
function read(plot: Part, wanted: number): void {
  const picture = pictureIn(plot);
  if (picture?.form !== 'stack') return;
  const { days, totals, series, sign } = picture.input;
  const day = Math.max(0, Math.min(days.length - 1, wanted));
  const { left, step } = stackDays({ width: plot.clientWidth, days });
  const cursor = plot.querySelector('.cursor');
  cursor?.classList.add('on');
  cursor?.setAttribute('x', String(Math.round((left + day * step) * 10) / 10));
  const estimated = series.some((one) => at(one.estimated, day) > 0);
  const late = series.some((one) => at(one.late, day) > 0);
  const state = late ? 'one source late' : estimated ? 'partly estimated' : 'billed';
  const date = longDay(addDays(plot.dataset.first ?? '', day));
  const total = `${estimated ? '≈' : ''}${money(totals[day] ?? 0, sign)}`;
  const panel = plot.closest('section');
  const put = (what: string, words: string): void => {
    const place = panel?.querySelector(`[data-read="${what}"]`);
    if (place) place.textContent = words;
  };
  put('day', date);
  put('total', total);
  put('note', state);
  series.forEach((one, i) => {
    put(String(i), told(one, day, sign));
  });
  plot.setAttribute('aria-valuenow', String(day));
  plot.setAttribute(
    'aria-valuetext',
    `${date}, ${total}, ${state}: ${series.map((one) => `${one.name} ${told(one, day, sign)}`).join(', ')}`,
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 7,
  PageDown: -7,
};

/** Follows pointer, touch and keys on the spend picture. */
export function followCursor(): void {
  window.document.addEventListener('pointermove', (event: Happening) => {
    const plot = event.target.closest?.('.plot');
    if (!plot) return;
    const picture = pictureIn(plot);
    if (picture?.form !== 'stack') return;
    const { left, step } = stackDays({ width: plot.clientWidth, days: picture.input.days });
    read(plot, Math.floor((event.clientX - plot.getBoundingClientRect().left - left) / step));
  });
  window.document.addEventListener('keydown', (event: Happening) => {
    const plot = event.target.closest?.('.plot');
    if (!plot) return;
    const last = Number(plot.getAttribute('aria-valuemax'));
    const step = STEPS[event.key];
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? last
          : step === undefined
            ? null
            : Number(plot.getAttribute('aria-valuenow')) + step;
    if (to === null) return;
    event.preventDefault();
    read(plot, to);
  });
}
