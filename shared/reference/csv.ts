/** A line of a CSV file: its cells by column, and where it stands. */
export interface CsvLine {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file taken apart (RFC 4180): header, lines, and what is wrong with its form. */
export interface Csv {
  readonly header: readonly string[];
  readonly lines: readonly CsvLine[];
  readonly problems: readonly { readonly line: number; readonly says: string }[];
}

/** Takes a CSV text apart. Lines count from 1, the header; a byte-order mark and blank lines are passed over. */
export function parseCsv(text: string): Csv {
  const problems: { line: number; says: string }[] = [];
  const [first, ...rest] = records(text.replace(/^\ufeff/, ''), problems);
  const header = first?.cells.map((name) => name.trim()) ?? [];
  const lines: CsvLine[] = [];
  for (const { line, cells } of rest) {
    if (cells.length !== header.length) {
      problems.push({ line, says: `has ${cells.length} cells where the header has ${header.length}` });
      continue;
    }
    lines.push({ line, cells: Object.fromEntries(header.map((name, i) => [name, cells[i]?.trim() ?? ''])) });
  }
  return { header, lines, problems };
}

function records(text: string, problems: { line: number; says: string }[]): { line: number; cells: string[] }[] {
  const found: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begun = 1;
  const end = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== '') found.push({ line: begun, cells });
    cells = [];
    cell = '';
    begun = line;
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',') {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') end();
    else if (char !== '\r') cell += char;
  }
  if (quoted) problems.push({ line: begun, says: 'has a quote that is never closed' });
  if (cell !== '' || cells.length > 0) end();
  return found;
}
