import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Warehouse } from '../../shared/platform.ts';
import { COPIES } from '../../shared/tables/copies.ts';
import { lakeCatalogue } from './catalogue.ts';
import { inWords } from './lake-error.ts';
import { type Pointers, pointTo, readPointers } from './pointers.ts';
import { asText } from './query-text.ts';

const NAME = /^[a-z_][a-z0-9_]*$/;
const PREFIX = /^[A-Za-z0-9_=.-]+(\/[A-Za-z0-9_=.-]+)*\/$/;
/**
 * What a file may not hold: HUGEINT becomes a double, and doubles are no money; Athena reads instants in milliseconds
 * without a zone.
 */
const UNFIT = /^(DOUBLE|FLOAT|INT96)|(MICROS|NANOS)(?!=<null>)|isSigned=(0|false)|isAdjustedToUTC=(1|true)/;

/** Bytes of Parquet up to which a table is held: every query that names it would else open all its files. */
const HELD = 1_000_000;

/** Columns that the table of a prefix has as doubles on purpose: a copy for a tool that wants them so. */
const doublesOf = (prefix: string): readonly string[] =>
  COPIES.filter(({ name }) => name === prefix.split('/')[1]).flatMap(({ columns }) =>
    Object.entries(columns).flatMap(([name, { type }]) => (type === 'double' ? [name] : [])),
  );

/** A select with its rows in the order of these columns; none: as they come. */
export const ordered = (sql: string, sort: readonly string[]): string =>
  sort.length === 0 ? sql : `select * from (\n${sql}\n) order by ${sort.join(', ')}`;

/** A lake's folder as a warehouse. */
export interface LakeWarehouse extends Warehouse {
  readonly close: () => void;
}

/**
 * DuckDB over a lake's folder, in memory: views over the Parquet that stands there, typed as the tables say, and
 * empty where nothing stands yet. Cells are written as Athena writes them: `2026-11-24 06:00:00.000` for instants,
 * `true` and `false`, decimals with every place. A table of at most `held` bytes is read once and held in memory.
 */
export async function openWarehouse(root: string, held = HELD): Promise<LakeWarehouse> {
  const instance = await DuckDBInstance.create(':memory:');
  const first = await instance.connect();
  // Parquet footers of a day's object never change without its size or time changing with them.
  await first.run("set global TimeZone = 'UTC'; set global parquet_metadata_cache = true");
  const catalogue = lakeCatalogue(root, first, held);
  const connected = async <T>(
    sql: string,
    work: (connection: DuckDBConnection, ready: string) => Promise<T>,
  ): Promise<T> => {
    const connection = await instance.connect();
    try {
      return await work(connection, await catalogue.ready(sql));
    } catch (error) {
      throw inWords(error, root);
    } finally {
      connection.closeSync();
    }
  };
  const pointers = async (table: string): Promise<Pointers> => readPointers(root, table);

  return {
    rows: async function* (sql) {
      const connection = await instance.connect();
      try {
        yield* asText(await connection.stream(await catalogue.ready(sql)));
      } catch (error) {
        throw inWords(error, root);
      } finally {
        connection.closeSync();
      }
    },
    unload: async (sql, prefix, sort = []) => {
      if (!PREFIX.test(prefix)) throw new Error(`'${prefix}' is not a prefix of the lake that ends with a slash`);
      const folder = join(root, prefix);
      await mkdir(folder, { recursive: true });
      if ((await readdir(folder)).length > 0) throw new Error(`cannot unload to ${prefix}: something stands there`);
      const file = join(folder, 'part-0.parquet');
      await connected(sql, async (connection, ready) => {
        const path = `'${file.replaceAll("'", "''")}'`;
        await connection
          .run(`copy (${ordered(ready, sort)}) to ${path} (format parquet, compression zstd)`)
          .catch(async (error) => {
            await rm(file, { force: true });
            throw error;
          });
        // Looked at in the file: to describe the select beforehand would plan it twice.
        const columns = await connection.runAndReadAll(
          `select name, type, coalesce(logical_type, '') from parquet_schema(${path})`,
        );
        const doubles = doublesOf(prefix);
        const unfit = columns
          .getRows()
          .find(([name, ...types]) => UNFIT.test(types.join(' ')) && !doubles.includes(String(name)));
        if (unfit === undefined) return;
        await rm(file);
        throw new Error(
          `cannot unload ${unfit[0]}: ${unfit.slice(1).join(' ')} is no type of the lake; cast it in the query`,
        );
      });
    },
    partition: async (table, period) => (await pointers(table)).get(period) ?? null,
    partitions: pointers,
    point: async (table, partitions) => pointTo(root, table, partitions),
    view: async (name, sql) => {
      if (!NAME.test(name)) throw new Error(`'${name}' is not the name of a view`);
      catalogue.view(name, sql);
    },
    close: () => {
      first.closeSync();
      instance.closeSync();
    },
  };
}
