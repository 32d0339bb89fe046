import type { Answer } from './answer.ts';

/** Types that mean the same: DuckDB's name, Trino's names. What is not here is in no table and no view: doubles least of all. */
export const SAME_TYPES: readonly (readonly [duck: RegExp, trino: RegExp])[] = [
  // A literal's length is part of Trino's type, and of nothing else.
  [/^VARCHAR$/, /^varchar(\(\d+\))?$/],
  [/^DATE$/, /^date$/],
  // Both are written in milliseconds; DuckDB computes in microseconds.
  [/^TIMESTAMP(_MS)?$/, /^timestamp\(3\)$/],
  [/^BOOLEAN$/, /^boolean$/],
  [/^BIGINT$/, /^bigint$/],
  [/^INTEGER$/, /^integer$/],
  [/^MAP\(VARCHAR, VARCHAR\)$/, /^map\(varchar(\(\d+\))?, varchar(\(\d+\))?\)$/],
];

/** Differences told of one query; more help nobody. */
const TOLD = 5;
/** Rows looked at for the one that a row was meant to be. */
const LOOKED_AT = 200;

/** What DuckDB and Trino answer differently: columns, types, then cells of rows as multisets. Empty: nothing. */
export function differences(name: string, duck: Answer, trino: Answer): string[] {
  const headings = headingDifferences(name, duck, trino);
  if (headings.length > 0) return headings;
  const [onlyDuck, onlyTrino] = [without(duck.rows, trino.rows), without(trino.rows, duck.rows)];
  const told: string[] = [];
  for (const row of onlyDuck.slice(0, TOLD)) {
    const at = nearest(row, onlyTrino);
    const [other] = at === null ? [] : onlyTrino.splice(at, 1);
    told.push(
      ...(other === undefined ? [`${name}: only DuckDB has ${words(duck, row)}`] : cells(name, duck, row, other)),
    );
  }
  if (onlyTrino.length > Math.max(0, onlyDuck.length - TOLD))
    told.push(...onlyTrino.slice(0, TOLD).map((row) => `${name}: only Trino has ${words(duck, row)}`));
  return told;
}

function headingDifferences(name: string, duck: Answer, trino: Answer): string[] {
  const [ours, theirs] = [duck, trino].map(({ columns }) => columns.map((column) => column.name).join());
  if (ours !== theirs) return [`${name}: DuckDB has the columns ${ours}, Trino ${theirs}`];
  return duck.columns.flatMap(({ name: column, type }, at) => {
    const other = trino.columns[at]?.type ?? '';
    return isSame(type, other) ? [] : [`${name}.${column}: DuckDB has the type ${type}, Trino ${other}`];
  });
}

const isSame = (duck: string, trino: string): boolean =>
  SAME_TYPES.some(([ours, theirs]) => ours.test(duck) && theirs.test(trino)) ||
  (/^DECIMAL\(\d+,\d+\)$/.test(duck) && duck.toLowerCase() === trino.replace(' ', ''));

type Row = Answer['rows'][number];

/** Rows that the others lack, each as often as it is lacking. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  return rows.filter((row) => {
    const left = counts.get(JSON.stringify(row)) ?? 0;
    counts.set(JSON.stringify(row), left - 1);
    return left <= 0;
  });
}

/** The place of the row with the most equal cells; null where none has half of them. */
function nearest(row: Row, others: readonly Row[]): number | null {
  const equal = others.slice(0, LOOKED_AT).map((other) => row.filter((cell, at) => cell === other[at]).length);
  const most = Math.max(-1, ...equal);
  return most * 2 < row.length ? null : equal.indexOf(most);
}

const cells = (name: string, { columns }: Answer, row: Row, other: Row): string[] =>
  columns.flatMap((column, at) =>
    row[at] === other[at]
      ? []
      : [
          `${name}.${column.name}: DuckDB has ${row[at]}, Trino ${other[at]}, in the row ${words({ columns, rows: [] }, row)}`,
        ],
  );

const words = ({ columns }: Answer, row: Row): string =>
  columns.map((column, at) => `${column.name}=${row[at]}`).join(' ');
