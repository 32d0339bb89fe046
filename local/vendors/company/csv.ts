/** A cell of a reference file; null is an empty cell. */
export type Cell = string | number | null;

/** CSV text with a header row: LF line ends, quotes where RFC 4180 asks for them. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => cells.map(quoted).join(',');
  return `${[line(header), ...rows.map(line)].join('\n')}\n`;
}

function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
