import { escaped } from './charts/svg.ts';

/** Markup that needs no escaping. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in markup: text is escaped, lists are joined, null, false and undefined are nothing. */
export type Piece = Markup | string | number | null | false | undefined | readonly Piece[];

const written = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(written).join('');
};

/** Markup out of a template; everything put in is escaped unless it is markup. */
export const html = (fixed: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => ({
  markup: fixed.map((part, i) => part + written(pieces[i])).join(''),
});

/** Markup made elsewhere, such as a picture. */
export const raw = (markup: string): Markup => ({ markup });

/** Data that the page's script reads; it is no script, so nothing runs. */
export const dataBlock = (data: unknown): Markup =>
  raw(`<script type="application/json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`);
