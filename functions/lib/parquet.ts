import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { DecimalError, scaled, unscaled } from '../../shared/money.ts';
import { type AnyRow, type Column, decimalOf, type Table } from '../../shared/table.ts';
import { DAY, dayOf, instant, millis } from '../../shared/time.ts';
import { fromBigEndian, toBigEndian } from './big-endian.ts';

/** Rows in a row group: small enough that memory stays flat, large enough that both engines read it in one go. */
const GROUP = 20_000;
/**
 * Rows up to which a column is left as it is: to set up a compressor costs more than so few values are worth. Words and
 * moments repeat and are kept as numbers of a dictionary, which leaves little to win for longer.
 */
const FEW = { amounts: 100, words: 2000 };
/** Bytes that a writer begins with; it doubles. A large one for each small file keeps the garbage collector busier than the rows do. */
const BEGIN = 1 << 14;
/** Level 1: on these columns as small as the default, at half the cost of a page. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Writes rows as Parquet, as a stream: zstd, exact decimals, timestamps in milliseconds without a zone,
 * sorting columns named. No clock and no random id inside: equal rows give equal bytes.
 * Rows must come in the table's order.
 * @throws Error naming table, column and value when a value does not fit its column.
 */
export async function* writeParquet(
  table: Table,
  rows: Iterable<AnyRow> | AsyncIterable<Iterable<AnyRow>>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter(BEGIN);
  const names = Object.keys(table.columns);
  const root = { name: 'schema', num_children: names.length, repetition_type: 'REQUIRED' } as const;
  const elements = Object.entries(table.columns).map(element);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [root, ...elements.map(unmarked)],
    codec: 'ZSTD',
    compressors: { ZSTD: (page) => zstdCompressSync(page, FAST) },
    kvMetadata: [
      { key: 'outlay.table', value: table.name },
      { key: 'outlay.version', value: String(table.version) },
    ],
    createdBy: 'outlay',
  });
  const take = (): Uint8Array => {
    const taken = new Uint8Array(bytes.buffer.slice(0, bytes.index));
    bytes.index = 0;
    return taken;
  };
  const encoders = Object.entries(table.columns).map(([name, column], i) => ({
    name,
    encode: encoder(table, name, column),
    width: widthOf(elements[i]),
    few: decimalOf(column.type) === null ? FEW.words : FEW.amounts,
  }));
  // Filled anew for each group: an array that grows is copied again and again.
  const group = encoders.map((): unknown[] => []);
  let count = 0;
  const flush = (): void => {
    const columnData = encoders.map(({ name, width, few }, i): ColumnSource => {
      const data = group[i] ?? [];
      data.length = count;
      return {
        name,
        data: width === null ? data : data.map((n) => (typeof n === 'bigint' ? toBigEndian(n, width) : n)),
        codec: count <= few || data.every((value) => value === data[0]) ? 'UNCOMPRESSED' : 'ZSTD',
        // Bounds help a reader to skip only where rows lie in order.
        statistics: width === null && table.sort.includes(name),
      };
    });
    writer.write({ columnData, rowGroupSize: count });
    count = 0;
  };
  for await (const batch of Symbol.asyncIterator in rows ? rows : [rows]) {
    for (const row of batch) {
      for (let i = 0; i < encoders.length; i += 1) {
        const of = encoders[i];
        const column = group[i];
        if (of !== undefined && column !== undefined) column[count] = of.encode(row[of.name]);
      }
      count += 1;
      if (count === GROUP) {
        flush();
        yield take();
      }
    }
  }
  if (count > 0) flush();
  const sorted = table.sort.map((name) => ({ column_idx: names.indexOf(name), descending: false, nulls_first: false }));
  for (const rowGroup of writer.row_groups) rowGroup.sorting_columns = sorted;
  writer.schema = [root, ...elements];
  writer.finish();
  yield take();
}

/**
 * Reads Parquet back into rows of a table: decimals, days and instants as text; a column that an older file lacks is null.
 * @throws Error when the bytes are no Parquet.
 */
export async function readParquet(table: Table, file: Uint8Array): Promise<AnyRow[]> {
  const buffer = new Uint8Array(file).buffer;
  const metadata = parquetMetadata(buffer);
  // The reader would turn decimals into doubles and dates into Date: take away the marks, and decode below.
  for (const column of metadata.schema) {
    delete column.logical_type;
    if (column.converted_type !== 'UTF8') delete column.converted_type;
  }
  const rows = await parquetReadObjects({
    file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
    metadata,
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
  });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [name, decode(column, row[name] ?? null)]),
    ),
  );
}

function element([name, { type, nullable }]: [string, Column]): SchemaElement {
  const repetition_type = nullable ? 'OPTIONAL' : 'REQUIRED';
  const decimal = decimalOf(type);
  if (decimal !== null) {
    const { precision, scale } = decimal;
    const logical = {
      logical_type: { type: 'DECIMAL', precision, scale },
      converted_type: 'DECIMAL',
      precision,
      scale,
    } as const;
    if (precision <= 9) return { name, type: 'INT32', repetition_type, ...logical };
    if (precision <= 18) return { name, type: 'INT64', repetition_type, ...logical };
    const type_length = Math.ceil((precision * Math.log2(10) + 1) / 8);
    return { name, type: 'FIXED_LEN_BYTE_ARRAY', type_length, repetition_type, ...logical };
  }
  switch (type) {
    case 'string':
      return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type };
    case 'date':
      return { name, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' }, repetition_type };
    case 'timestamp':
      // Not adjusted to UTC: DuckDB would otherwise read days in the machine's own zone.
      return {
        name,
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
        repetition_type,
      };
    case 'boolean':
      return { name, type: 'BOOLEAN', repetition_type };
    case 'bigint':
      return { name, type: 'INT64', repetition_type };
    default:
      throw new Error(`column ${name} has the type ${type}, which no writer knows`);
  }
}

/** The width of a decimal that is stored as bytes; null for all else. */
const widthOf = (of: SchemaElement | undefined): number | null =>
  of?.type === 'FIXED_LEN_BYTE_ARRAY' ? (of.type_length ?? null) : null;

/** What a decimal's bytes mean is told at the end: the writer, if it knew, would make them of a number, each of twelve by itself. */
function unmarked(of: SchemaElement): SchemaElement {
  if (widthOf(of) === null) return of;
  const { logical_type: _type, converted_type: _converted, ...bare } = of;
  return bare;
}

type Encode = (value: unknown) => unknown;

function encoder(table: Table, name: string, { type, nullable }: Column): Encode {
  const encode = typed(type);
  return (value) => {
    if (value === null || value === undefined) {
      if (nullable) return null;
      throw new Error(`${table.name}.${name} is null in a row, and the column does not allow it`);
    }
    try {
      return encode(value);
    } catch (cause) {
      if (!(cause instanceof DecimalError || cause instanceof RangeError)) throw cause;
      throw new Error(`${table.name}.${name} cannot hold a value: ${cause.message}`, { cause });
    }
  };
}

function typed(type: Column['type']): Encode {
  const decimal = decimalOf(type);
  if (decimal !== null) return exactly(decimal.precision, decimal.scale);
  if (type === 'date') return repeated((value) => Math.round(millis(`${value}T00:00:00.000Z`) / DAY));
  if (type === 'timestamp') return repeated((value) => BigInt(millis(value)));
  if (type === 'bigint') return (value) => BigInt(Number(value));
  return (value) => value;
}

/** Sorted rows name the same moment many times in a row. */
function repeated(encode: (value: string) => unknown): Encode {
  let last: unknown;
  let encoded: unknown;
  return (value) => {
    if (value !== last) {
      encoded = encode(String(value));
      last = value;
    }
    return encoded;
  };
}

/** The writer cuts what is too wide without a word, so the width is checked here. */
function exactly(precision: number, scale: number): Encode {
  const bound = 10n ** BigInt(precision);
  return (value) => {
    const n = scaled(String(value), scale);
    if (n >= bound || n <= -bound)
      throw new DecimalError(`'${String(value)}' is wider than decimal(${precision},${scale})`);
    return n;
  };
}

function decode({ type }: Column, value: unknown): unknown {
  if (value === null) return null;
  const decimal = decimalOf(type);
  if (decimal !== null)
    return unscaled(value instanceof Uint8Array ? fromBigEndian(value) : BigInt(String(value)), decimal.scale);
  if (type === 'date') return dayOf(Number(value) * DAY);
  if (type === 'timestamp') return instant(Number(value));
  return type === 'bigint' ? Number(value) : value;
}
