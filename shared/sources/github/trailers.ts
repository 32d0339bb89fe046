const TRAILER = /^[A-Za-z][A-Za-z-]*: \S/;
const CO_AUTHOR = /^co-authored-by:.*<([^<>]+)>\s*$/i;
const SESSION = /^claude-session: \S/i;

/** What the trailers of commit messages tell. */
export interface Trailers {
  /** Addresses of co-authors, in order. */
  readonly coAuthors: readonly string[];
  /** Written in a cloud session of Claude Code. */
  readonly hasSession: boolean;
}

/** Reads trailers: paragraphs of nothing else. A squashed message repeats those of its commits, each in a paragraph of its own. */
export function trailersOf(messages: readonly string[]): Trailers {
  const lines = messages.flatMap((message) =>
    message
      .replaceAll('\r\n', '\n')
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.split('\n').filter((line) => line.trim() !== ''))
      .filter((paragraph) => paragraph.every((line) => TRAILER.test(line)))
      .flat(),
  );
  const coAuthors = lines.flatMap((line) => CO_AUTHOR.exec(line)?.[1] ?? []);
  return { coAuthors: [...new Set(coAuthors)], hasSession: lines.some((line) => SESSION.test(line)) };
}
