import type { FileName } from '../files.ts';
import type { Problem } from '../problem.ts';
import { problem } from './said.ts';

/** A line that holds for a time. */
export interface Dated {
  readonly line: number;
  readonly valid_from: string;
  readonly valid_to: string;
}

/** What is wrong with a time that ends before it begins. */
export const backwards = (file: FileName, { line, valid_from, valid_to }: Dated): Problem[] =>
  valid_to > valid_from
    ? []
    : [
        problem(
          file,
          line,
          'valid_to',
          valid_to,
          `must be after valid_from, ${valid_from}: it is the first day it no longer holds`,
        ),
      ];

/** What is wrong with lines of one key that hold on the same day; `rule` says why they must not. */
export function overlaps<T extends Dated>(
  file: FileName,
  all: readonly T[],
  keyOf: (of: T) => string,
  rule: string,
): Problem[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) =>
      a.valid_from < b.valid_from ? -1 : a.valid_from > b.valid_from ? 1 : a.line - b.line,
    );
    return sorted.flatMap((one, i) => {
      const before = sorted[i - 1];
      return before === undefined || before.valid_to <= one.valid_from
        ? []
        : [
            problem(
              file,
              one.line,
              'valid_from',
              one.valid_from,
              `overlaps line ${before.line} (${before.valid_from} to ${before.valid_to}); ${rule}`,
            ),
          ];
    });
  });
}
