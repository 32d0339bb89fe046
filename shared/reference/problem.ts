/** What is wrong with a reference file, where, and what would be right. */
export interface Problem {
  readonly file: string;
  /** Line in the file, the header being 1; null: the file as a whole. */
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;
  /** What would be right. */
  readonly says: string;
}

/** A problem as a sentence. */
export function sentence({ file, line, column, value, says }: Problem): string {
  const where = [file, line === null ? null : `line ${line}`, column].filter((part) => part !== null).join(', ');
  return `${where}${value === null ? '' : ` ('${value}')`}: ${says}`;
}

/** Reference files that are refused as a whole; nothing of them has been taken in. */
export class ReferenceRefused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const shown = problems.slice(0, 20).map((problem) => `  ${sentence(problem)}`);
    const more = problems.length > 20 ? [`  … and ${problems.length - 20} more`] : [];
    super(
      `The reference files are not taken in, because of ${problems.length} mistake${problems.length === 1 ? '' : 's'}:\n${[...shown, ...more].join('\n')}`,
    );
    this.problems = problems;
  }
}
