import { readFile } from 'node:fs/promises';
import { COLORS } from './colors.ts';

const FILES = ['tokens', 'base', 'frame', 'panel', 'headline', 'chart', 'mark', 'key', 'table', 'cards'];
const LAST = ['narrow', 'print'];

/** The page's one style sheet: its parts in order, and a swatch class for every colour a series may have. */
export async function styleSheet(): Promise<string> {
  const read = (names: readonly string[]): Promise<string[]> =>
    Promise.all(names.map((name) => readFile(new URL(`./style/${name}.css`, import.meta.url), 'utf8')));
  const swatches = COLORS.map(
    (color) => `.s-${color} { background: var(--c-${color}); }
`,
  );
  return [...(await read(FILES)), ...swatches, ...(await read(LAST))].join('');
}
