/** How the columns of one table are read: what it lacks is null, of the type that was meant. */
export interface Reader {
  /** Text; an empty one is null. */
  readonly text: (column: string) => string;
  /** A number as a double; null where the cell or the column is missing. */
  readonly number: (column: string) => string;
  /** A number, 0 where it is missing: a null operand would make the whole sum null. */
  readonly orZero: (column: string) => string;
  /** A value of a map by the first of these keys that is there; text, an empty one is null. */
  readonly key: (column: string, ...keys: readonly string[]) => string;
  /** Columns that are there, of those named. */
  readonly has: (column: string) => boolean;
}

/** Reads the columns that are present; names in lower case. */
export function reader(columnsPresent: ReadonlySet<string>): Reader {
  const has = (column: string): boolean => columnsPresent.has(column);
  const text = (column: string): string => (has(column) ? `nullif(${column}, '')` : 'cast(null as varchar)');
  const number = (column: string): string => (has(column) ? `cast(${column} as double)` : 'cast(null as double)');
  return {
    has,
    text,
    number,
    orZero: (column) => (has(column) ? `coalesce(cast(${column} as double), ${ZERO})` : ZERO),
    // An absent key is an error in Trino and null in DuckDB.
    key: (column, ...keys) =>
      has(column)
        ? first(keys.map((key) => `nullif(try(${column}['${key.replaceAll("'", "''")}']), '')`))
        : 'cast(null as varchar)',
  };
}

/** Zero as a double. */
export const ZERO = 'cast(0 as double)';

/** No money. */
export const NOTHING = 'cast(0 as decimal(28,10))';

/** The first value that is not null. */
export const first = (values: readonly string[]): string => {
  const told = values.filter((value) => value !== 'cast(null as varchar)');
  const [only] = told;
  if (only === undefined) return 'cast(null as varchar)';
  return told.length === 1 ? only : `coalesce(${told.join(', ')})`;
};

/** A double as money: rounded first, so that both engines make the same decimal of it. */
export const money = (value: string): string => `cast(round(${value}, 10) as decimal(28,10))`;

/** Columns of a select, one a line. */
export const columns = (given: Readonly<Record<string, string>>): string =>
  Object.entries(given)
    .map(([name, value]) => (name === value ? `    ${name}` : `    ${value} as ${name}`))
    .join(',\n');

/** Texts in SQL quotes, as a list. */
export const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Whether a column is one of these texts. Not `in`: an engine may make a join of a long list, and then makes columns that nobody asks for. */
export const oneOf = (column: string, values: readonly string[]): string =>
  `(${values.map((value) => `${column} = '${value}'`).join(' or ')})`;
