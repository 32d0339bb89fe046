import { addDays } from '../../../shared/time.ts';
import { dumbbell } from '../charts/dumbbell.ts';
import type { CacheRow } from '../data/cache.ts';
import { dayRange } from '../dates.ts';
import { html, type Markup, type Piece, raw } from '../html.ts';
import { cents, percent, points } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, isSome, key, row, table } from '../pieces.ts';
import { teamName, type View } from '../view.ts';
import { cacheInfo } from './cache-info.ts';

/** Share of input read from the cache by team (inside a team by model), against the weeks before, and what a fall cost. */
export function cache(view: View, csv: string): Markup {
  const { cache, filters } = view.data;
  const top = head(cacheInfo, csv, ignored(cacheInfo, filters));
  if (cache.rows.length === 0) {
    return html`${top}<p class="finding">No cacheable request is known in the week of ${span(view)}.</p>`;
  }
  const columns: Column[] = [
    { head: filters.team === null ? 'Team' : 'Model' },
    { head: '0–100 %', kind: 'opt' },
    { head: 'Read from cache', kind: 'num' },
    { head: '4 weeks before', kind: 'num' },
    { head: 'Moved', kind: 'num' },
    { head: 'Cost of falling, at list', kind: 'num' },
  ];
  return html`${top}<p class="finding">${finding(view)}</p>${table(
    `Cache-read share, ${span(view)}`,
    columns,
    cache.rows.map((one) => row(columns, [title(view, one), ...cells(one)])),
    cache.all === null ? [] : [row(columns, ['All', ...cells(cache.all)])],
  )}<ul class="key-line">${key('hollow', 'the four weeks before')}${key('dotk', 'the last whole week: share of input tokens read from the cache')}<li class="muted">cost in US dollars at list price; only what fell counts, nothing is saved against it</li></ul>`;
}

const span = ({ data: { cache } }: View): string => dayRange(cache.week, addDays(cache.week, 6));

const title = (view: View, { id }: CacheRow): string => (view.data.filters.team === null ? teamName(view, id) : id);

/** A fall worth a sentence, in shares. */
const FALL = 0.05;

function finding(view: View): string {
  const { cache } = view.data;
  const worst = cache.rows
    .filter(({ share, before }) => share !== null && before !== null && before - share >= FALL)
    .toSorted((a, b) => Number(b.waste ?? 0) - Number(a.waste ?? 0))[0];
  const all = cache.all?.share ?? null;
  const whole = all === null ? '' : ` ${percent(all)} of all input was read from the cache.`;
  if (worst === undefined) return `Nobody lost the cache in the week of ${span(view)}.${whole}`;
  const cost =
    worst.waste !== null && isSome(worst.waste) ? `; at list price that cost ${cents(worst.waste, 'USD')}` : '';
  return `${title(view, worst)} fell from ${percent(worst.before ?? 0)} to ${percent(worst.share ?? 0)} in the week of ${span(view)}${cost}.${whole}`;
}

function cells({ share, before, waste, isPart }: CacheRow): Piece[] {
  const unknown = (words: string): Markup => html`<span class="muted">${words}</span>`;
  const moved = share === null || before === null ? null : share - before;
  return [
    raw(dumbbell({ width: 170, now: share, before })),
    share === null ? unknown('–') : percent(share),
    before === null ? unknown('none then') : percent(before),
    moved === null ? unknown('not compared') : html`<span class="delta">${points(moved)}</span>`,
    waste === null
      ? unknown('not known')
      : html`${isPart && html`<span class="muted">at least</span> `}${cents(waste, 'USD')}`,
  ];
}
