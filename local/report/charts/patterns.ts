import { svg } from './svg.ts';

/** The hatch that says "estimated" (and "nobody's"), one per colour; stands once in a page. */
export const patterns = (colors: readonly string[]): string =>
  svg(
    0,
    0,
    `<defs>${colors
      .map(
        (color) =>
          `<pattern id="hatch-${color}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--c-${color})" opacity=".26"/><rect width="2.2" height="5" fill="var(--c-${color})"/></pattern>`,
      )
      .join('')}</defs>`,
    'defs',
  );
