/** A column of a view, as DuckDB describes it. */
export interface ViewColumn {
  readonly name: string;
  readonly type: string;
}

/** Versions of FOCUS that leave the lake, and the view of each. */
export const VERSIONS = { '1.2': 'focus_1_2', '1.4': 'focus_1_4' } as const;

/** A version of FOCUS that leaves the lake. */
export type FocusVersion = keyof typeof VERSIONS;

const decimal = /^DECIMAL\((\d+),(\d+)\)$/;

/** FOCUS's word for a column's type, with what it wants said of each. */
function typeOf(type: string): Readonly<Record<string, string | number>> {
  const [, precision, scale] = decimal.exec(type) ?? [];
  if (precision !== undefined)
    return { DataType: 'DECIMAL', NumericPrecision: Number(precision), NumberScale: Number(scale) };
  if (type.startsWith('TIMESTAMP')) return { DataType: 'DATETIME' };
  if (type.startsWith('MAP')) return { DataType: 'JSON', StringEncoding: 'UTF-8' };
  return { DataType: 'STRING', StringEncoding: 'UTF-8' };
}

/** The metadata object that FOCUS wants beside a dataset: who made it, and what its columns are. */
export function metadataOf(
  version: FocusVersion,
  columns: readonly ViewColumn[],
  about: { readonly schemaId: string; readonly createdAt: string; readonly month: string; readonly rowCount: number },
): object {
  return {
    DataGenerator: { DataGenerator: 'Outlay' },
    Schema: {
      SchemaId: about.schemaId,
      FocusVersion: version,
      CreationDate: about.createdAt,
      ColumnDefinition: columns.map(({ name, type }) => ({ ColumnName: name, ...typeOf(type) })),
    },
    // The spec's own words for recency came with 1.3; what this file holds is said in ours.
    x_BillingPeriod: about.month,
    x_RowCount: about.rowCount,
  };
}

/** A column as a CSV of FOCUS has it: instants with a T and a Z, maps as JSON, decimals with every place. */
export function csvCell({ name, type }: ViewColumn): string {
  if (type.startsWith('TIMESTAMP')) return `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ') as ${name}`;
  if (type.startsWith('MAP')) return `cast(to_json(${name}) as varchar) as ${name}`;
  return name;
}
