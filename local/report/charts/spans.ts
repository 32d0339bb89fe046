import { fitted, label, line, n, scale, svg } from './svg.ts';

/** One thing that lasted. */
export interface Span {
  readonly name: string;
  readonly short: string;
  /** Day index of its beginning, and of the day after its end; null while it lasts. */
  readonly from: number;
  readonly to: number | null;
  readonly state: string;
  readonly amount: string;
}

/** Things that lasted, over days. */
export interface Spans {
  readonly width: number;
  readonly length: number;
  /** Day indexes that get a line and a name. */
  readonly marks: readonly { readonly day: number; readonly name: string }[];
  readonly rows: readonly Span[];
}

/** A row each: square and with a tip while it lasts, round when over, dotted when it was expected. */
export function spans({ width, length, marks, rows }: Spans): string {
  const narrow = width < 520;
  const left = narrow ? 92 : 232;
  const right = narrow ? 62 : 84;
  const height = rows.length * 24 + 28;
  const x = scale(0, length, left, width - right);
  let body = '';
  let labelled = -99;
  for (const { day, name } of marks) {
    body += line(x(day), 4, x(day), height - 22, 'grid');
    if (x(day) > width - right - 44 || x(day) - labelled < 52) continue;
    labelled = x(day);
    body += label(x(day), height - 6, name, 'tick');
  }
  rows.forEach(({ name, short, from, to, state, amount }, i) => {
    const y = 4 + i * 24;
    const a = x(Math.max(0, from));
    // One day is a dot, however narrow the picture.
    const b = Math.max(a + 12, x(to ?? length));
    body += label(0, y + 15, fitted(narrow ? short : name, left - 8), 'label');
    body += `<rect x="${n(a)}" y="${y + 6}" width="${n(b - a)}" height="12" rx="${to === null ? 2 : 6}" class="span ${state}"/>`;
    if (to === null) body += `<path d="M${n(b)} ${y + 6}l6 6l-6 6z" class="span ${state}"/>`;
    body += label(width, y + 16, amount, 'label num', 'end');
  });
  return svg(width, height, body);
}
