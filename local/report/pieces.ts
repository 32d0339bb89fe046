import { draw, type Picture } from './charts/index.ts';
import { parts } from './charts/parts.ts';
import { BASES, type Figures } from './data/figures.ts';
import { longDay, shortDay } from './dates.ts';
import { dataBlock, html, type Markup, type Piece, raw } from './html.ts';
import { cents, percent, ratio } from './numbers.ts';
import type { PanelInfo } from './panel-info.ts';

/** A column's head and how it stands: `num`, `opt` (goes on narrow pages), `opt2` (goes earlier). */
export interface Column {
  readonly head: Piece;
  readonly kind?: string;
}

const cell = (tag: Markup, close: Markup, kind: string | undefined, content: Piece): Markup =>
  html`<${tag}${kind === undefined ? null : raw(` class="${kind}"`)}>${content}</${close}>`;
const TD = raw('td');
const TH_ROW = raw('th scope="row"');
const TH_COL = raw('th scope="col"');
const TH = raw('th');

/** A row; the first cell names it. */
export const row = (columns: readonly Column[], cells: readonly Piece[], kind = ''): Markup =>
  html`<tr${kind === '' ? null : raw(` class="${kind}"`)}>${cells.map((content, i) => (i === 0 ? cell(TH_ROW, TH, columns[i]?.kind, content) : cell(TD, TD, columns[i]?.kind, content)))}</tr>`;

/** A table that scrolls inside itself, with its caption for those who do not see it. */
export const table = (
  caption: string,
  columns: readonly Column[],
  body: readonly Markup[],
  foot: readonly Markup[] = [],
): Markup =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption class="sr">${caption}</caption><thead><tr>${columns.map(({ head, kind }) => cell(TH_COL, TH, kind, head))}</tr></thead><tbody>${body}</tbody>${foot.length > 0 && html`<tfoot>${foot}</tfoot>`}</table></div>`;

/** The table behind a picture, opened by whoever wants it; works without a script. */
export const twin = (id: string, words: string, content: Markup): Markup =>
  html`<details class="twin" id="${id}-table"><summary>${words}</summary>${content}</details>`;

/** Head of a panel: name, question, what does not apply, controls and the rows as CSV. */
export const head = (
  { id, title, question }: PanelInfo,
  csv: string,
  tags: readonly string[] = [],
  tools: Piece = null,
  shown = title,
): Markup =>
  html`<header><h2 id="${id}-title">${shown}</h2><p class="question">${question}</p>${tags.map((tag) => html`<span class="tag">${tag}</span>`)}<div class="panel-tools">${tools}<a class="csv" href="${csv}" aria-label="${title} as CSV" download>CSV</a></div></header>`;

/** A picture at the width a wide page has; a script draws it again at the real one. */
export const picture = (what: Picture, width: number): Markup =>
  html`<div class="picture">${dataBlock(what)}<div class="drawn">${raw(draw(what, width))}</div></div>`;

/** Money to the cent, with ≈ before it where a part is estimated. */
export const amount = (total: string, estimated: string, currency: string): Markup =>
  html`${isSome(estimated) && APPROXIMATELY}${cents(total, currency)}`;

/** The sign before any figure that holds an estimate. */
export const APPROXIMATELY = raw('<span class="approx" title="part of this is estimated">≈</span>');

/** Whether an amount is not zero. */
export const isSome = (amount: string): boolean => Number(amount) !== 0;

/** How much of an amount is how sure, as a bar with its shares in words. */
export function basisBar({ total, basis }: Pick<Figures, 'total' | 'basis'>, width = 112): Markup {
  const shares = BASES.map((id) => ({ id, share: ratio(basis[id], total) ?? 0 }));
  const said = shares.filter(({ share }) => share > 0).map(({ id, share }) => `${id} ${percent(share)}`);
  return html`<span class="basis" role="img" aria-label="${said.length > 0 ? said.join(', ') : 'nothing spent'}">${raw(parts({ width, parts: shares }))}</span>`;
}

/** A change in words, or why there is none. */
export const delta = (words: string | null, otherwise = '–'): Markup =>
  words === null ? html`<span class="muted">${otherwise}</span>` : html`<span class="delta">${words}</span>`;

/** A day for reading, with its ISO form for machines. */
export const time = (day: string, long = false): Markup =>
  html`<time datetime="${day}">${long ? longDay(day) : shortDay(day)}</time>`;

/** A state word on its ground. */
export const tag = (kind: string, words: string): Markup => html`<span class="tag ${kind}">${words}</span>`;

/** A line of the key below a picture. */
export const key = (kind: string, words: Piece): Markup => html`<li><i class="key ${kind}"></i>${words}</li>`;

const SHAPES: Readonly<Record<string, string>> = {
  high: '<path d="M6 1l5.5 10h-11z"/>',
  medium: '<path d="M6 .5L11.5 6 6 11.5.5 6z"/>',
  low: '<circle cx="6" cy="6" r="4.5"/>',
  late: '<path d="M6 .5A5.5 5.5 0 1 0 6 11.5 5.5 5.5 0 0 0 6 .5zM5.2 2.5h1.6v3.2l2 1.6-1 1.2L5.2 6.4z"/>',
};

/** The sign of a severity: shape and colour; its word stands beside it. */
export const severityIcon = (severity: string): Markup =>
  raw(`<svg class="ico" viewBox="0 0 12 12" aria-hidden="true">${SHAPES[severity] ?? SHAPES.low}</svg>`);
