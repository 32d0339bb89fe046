import { OTHERWISE, type Words } from './words.ts';

/** A message as plain lines, for a terminal, a mail, and a chat that refuses the formatted one. */
export function plainText(words: Words): string {
  const { title, where, owner, against, amount, cause, next, expected, about } = words;
  return [
    title,
    `Where    ${where}`,
    `Owner    ${owner}`,
    `Cost     ${amount}`,
    `Against  ${against}`,
    ...(cause === null ? [] : [`Cause    ${cause}`]),
    `Next     ${next}`,
    `Planned? ${expected}`,
    `Or       ${OTHERWISE}`,
    ...listed(words),
    about,
  ].join('\n');
}

function listed({ contributors, further, listDay }: Words): string[] {
  const shown = contributors.slice(0, 5);
  const more = contributors.length - shown.length + further;
  if (shown.length < 2) return [];
  const of = listDay === null ? '' : ` (of ${listDay})`;
  return [`By whom  ${shown.join('; ')}${more === 0 ? '' : ` … and ${more} more`}${of}`];
}
