import type { Words } from './words.ts';

/** A message as plain lines, for a terminal, a mail, and a chat that refuses the formatted one. */
export function plainText(words: Words): string {
  const { title, where, owner, against, amount, cause, next, expected, contributors, further, about } = words;
  return [
    title,
    `Where    ${where}`,
    `Owner    ${owner}`,
    `Cost     ${amount}`,
    `Against  ${against}`,
    ...(cause === null ? [] : [`Cause    ${cause}`]),
    `Next     ${next}`,
    `Planned? ${expected}`,
    ...listed(contributors, further),
    about,
  ].join('\n');
}

function listed(contributors: readonly string[], further: number): string[] {
  const shown = contributors.slice(0, 5);
  const more = contributors.length - shown.length + further;
  if (shown.length < 2) return [];
  return [`Most of  ${shown.join('; ')}${more === 0 ? '' : ` … and ${more} more`}`];
}
