/** A coordinate as written into a picture: one decimal, so that equal input gives equal bytes. */
export const n = (value: number): string => {
  const rounded = Math.round(value * 10) / 10;
  return String(Object.is(rounded, -0) ? 0 : rounded);
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text made safe for markup, inside an element or a quoted attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

/** A picture. It is hidden from the tree: the finding and the table beside it say the same in words. */
export const svg = (width: number, height: number, body: string, kind = ''): string =>
  `<svg class="chart${kind === '' ? '' : ` ${kind}`}" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" aria-hidden="true" focusable="false">${body}</svg>`;

/** Where a label's point lies in the text. */
export type Anchor = 'start' | 'middle' | 'end';

/** A label; the anchor stands only where it is not the start. */
export const label = (x: number, y: number, words: string, kind: string, anchor: Anchor = 'start'): string =>
  `<text x="${n(x)}" y="${n(y)}" class="${kind}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`;

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" class="${kind}"/>`;

/** A point of a path. */
export type Point = readonly [x: number, y: number];

/** The commands of a path through points. */
export const through = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');

/** A straight scale from values to pixels. */
export const scale =
  (fromValue: number, toValue: number, fromPixel: number, toPixel: number) =>
  (value: number): number =>
    fromPixel + ((value - fromValue) / (toValue - fromValue || 1)) * (toPixel - fromPixel);

// Widest common fallback font (DejaVu Sans) at 12 px, so that a label that fits here fits everywhere.
const CHARACTER = 7.2;

/** The room a label of 12 px needs, at most. */
export const widthOf = (words: string): number => words.length * CHARACTER;

/** Words cut to fit a width, with an ellipsis where something went. */
export function fitted(words: string, width: number): string {
  const room = Math.max(1, Math.floor(width / CHARACTER));
  return words.length <= room ? words : `${words.slice(0, Math.max(1, room - 1)).trimEnd()}…`;
}
